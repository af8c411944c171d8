import { afterAll, beforeAll, expect, test } from 'vitest';
import type { StoredEvent } from '../../events/envelope.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { checkFair } from './check-fair.ts';

const databases: FreshDatabase[] = [];
beforeAll(async () => {
  databases.push(await freshDatabase(), await freshDatabase());
});
afterAll(async () => {
  for (const database of databases) await database.drop();
});

/** A request's id is the server's chance; here it is the number of the request among those that wrote something. */
function textOf(log: readonly StoredEvent[]): string {
  const requests = [...new Set(log.map(({ meta }) => meta.correlation))];
  const numbered = log.map((event) => ({
    ...event,
    meta: { ...event.meta, correlation: String(requests.indexOf(event.meta.correlation)) },
  }));
  return numbered.map((event) => JSON.stringify(event)).join('\n');
}

test.each([3, 8, 21])('the same seed (%i) gives the same log, byte for byte', async (seed) => {
  const logs = await Promise.all(databases.map(async (database) => textOf((await checkFair(database, seed)).log)));
  expect(logs[0]?.length).toBeGreaterThan(10_000);
  expect(logs[1]).toBe(logs[0]);
});

test('another seed gives another fair', async () => {
  const [database] = databases;
  if (!database) throw new Error('there is no database');
  const types = async (seed: number) => (await checkFair(database, seed)).log.map(({ type }) => type);
  expect(await types(101)).not.toEqual(await types(102));
});
