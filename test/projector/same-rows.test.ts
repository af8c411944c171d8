import { afterAll, beforeAll, expect, test } from 'vitest';
import { projections } from '../../projections/index.ts';
import { compareFigures } from '../../src/figures/compare.ts';
import { rebuild } from '../../src/projector/rebuild.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { logOf, sampleHistory } from '../support/history/history.ts';
import { logged, project } from '../support/projected.ts';

const now = Date.parse('2026-04-22T11:45:00+07:00');

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());

test.for([
  { seed: 61, batchMax: 7, memory: 'kept' },
  { seed: 62, batchMax: 13, memory: 'dropped' },
  { seed: 63, batchMax: 3, memory: 'dropped' },
] as const)(
  'a log makes the same rows in batches of $batchMax, with memory $memory',
  { timeout: 120_000 },
  async (manner) => {
    const log = logOf(sampleHistory({ seed: manner.seed, factsMin: 200 }));
    const db = await project(database, log, manner);
    const rebuilt = await rebuild({
      db,
      store: logged(log),
      projections,
      holder: 'again',
      compare: (pair, fairs) => compareFigures(pair, { fairs, now }),
    });
    expect(rebuilt).toMatchObject({ outcome: 'shown', compared: 'same', unexplained: [], expected: [] });
  },
);
