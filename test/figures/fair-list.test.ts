import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { publicFigures } from '../../src/figures/document.ts';
import { FairList, type KnownList } from '../../src/figures/fair-list.ts';
import { figuresDatabase } from '../../src/figures/snapshot.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { figuresNow } from '../support/figures.ts';
import { logOf, sampleHistory } from '../support/history/history.ts';
import { fair } from '../support/history/names.ts';
import { project } from '../support/projected.ts';

const now = Date.parse('2026-04-22T11:45:00+07:00');

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());

test('there is no list before anything was counted', async () => {
  expect(await new FairList(figuresDatabase(database.pool)).now()).toBeUndefined();
});

test('the list holds the public total of every fair, and is read once for all who look', async () => {
  await project(database, logOf(sampleHistory({ seed: 7, factsMin: 60 })), { batchMax: 1000 });
  const document = publicFigures(await figuresNow(database, now));
  const taken = vi.fn();
  database.pool.on('acquire', taken);
  const known: KnownList = {};
  const list = new FairList(figuresDatabase(database.pool), known);
  const [first, ...others] = await Promise.all(Array.from({ length: 20 }, () => list.now()));
  expect(first).toMatchObject([{ fair, visits: document.visits.value }]);
  expect(others.every((other) => other === first)).toBe(true);
  expect(taken).toHaveBeenCalledTimes(1);
  known.read = { at: Date.now() + 60_000, position: 0, fairs: [] };
  expect(await list.now()).toEqual(first);
});

test('a list that has not seen a position is read again, also while one is being read', async () => {
  const log = logOf(sampleHistory({ seed: 7, factsMin: 60 }));
  const known: KnownList = {};
  const list = new FairList(figuresDatabase(database.pool), known);
  await list.now();
  expect(known.read?.position).toBe(log.length);
  known.read = { at: Date.now() + 900, position: 3, fairs: [] };
  expect(await list.now({ after: 3 })).toEqual([]);
  expect(await list.now({ after: 4 })).toMatchObject([{ fair }]);
  const taken = vi.fn();
  database.pool.on('acquire', taken);
  known.read = { at: 0, position: 3, fairs: [] };
  await Promise.all([list.now(), list.now({ after: log.length + 1 })]);
  expect(taken).toHaveBeenCalledTimes(2);
});
