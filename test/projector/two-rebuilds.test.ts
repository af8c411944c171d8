import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { projections } from '../../projections/index.ts';
import { projectorDatabase } from '../../src/projector/database.ts';
import { rebuild } from '../../src/projector/rebuild.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { figuresNow } from '../support/figures.ts';
import { logOf, sampleHistory } from '../support/history/history.ts';
import { logged, project } from '../support/projected.ts';

const now = Date.parse('2026-04-22T11:45:00+07:00');
const log = logOf(sampleHistory({ seed: 51, factsMin: 20 }));

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());

const waiting = async (): Promise<number> => {
  const [row] = await database.asOwner<{ count: number }>(
    `select count(*)::int from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
  );
  return row?.count ?? 0;
};

test('two rebuilds at once follow each other, and each replaces what is current then', async () => {
  const db = await project(database, log, { batchMax: 1000 });
  const before = await figuresNow(database, now);
  const client = await database.pool.connect();
  await client.query(`begin; select from projection_generations where state = 'current' for update`);
  const building = ['one', 'other'].map((holder) => rebuild({ db, store: logged(log), projections, holder }));
  const both = Promise.allSettled(building);
  await vi.waitFor(async () => expect(await waiting()).toBe(2), { timeout: 30_000, interval: 20 });
  await client.query('commit');
  client.release();
  expect((await both).map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
  const rebuilt = await Promise.all(building);
  const [first, second] = rebuilt.toSorted((a, b) => (a.replaced ?? 0) - (b.replaced ?? 0));
  expect(second?.replaced).toBe(first?.generation);
  const current = await projectorDatabase(database.pool)
    .selectFrom('projection_generations')
    .select('generation')
    .where('state', '=', 'current')
    .execute();
  expect(current).toEqual([{ generation: second?.generation }]);
  expect(await figuresNow(database, now)).toEqual(before);
});
