import { afterAll, beforeAll, expect, test } from 'vitest';
import { projections } from '../../projections/index.ts';
import { compareFigures } from '../../src/figures/compare.ts';
import { rebuild } from '../../src/projector/rebuild.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { happening } from '../support/history/happening.ts';
import { logOf, sampleHistory } from '../support/history/history.ts';
import { named } from '../support/history/names.ts';
import { logged, project } from '../support/projected.ts';

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());

test('rows that count nothing any more, since what they counted was undone, are no difference', async () => {
  // Given a fair with one walk-in count and one sale, which are undone in later batches
  const [founded] = sampleHistory({ seed: 61, factsMin: 0 });
  if (!founded) throw new Error('a history begins with its fair');
  const count = named('fact', 1);
  const sale = named('fact', 2);
  const lines = [{ gtin: '9786041234567', code: null, name: 'Dế Mèn', copies: 2, paid: 90_000 }];
  const place = { gate: 'G1', site: 'A' };
  const log = logOf([
    founded,
    happening(1, 'WalkInsCounted', { count, ...place, direction: 'in', category: 'individual', persons: 5 }),
    happening(2, 'FactVoided', { void: named('void', 1), kind: 'walk-in', target: count, reason: 'bấm nhầm' }),
    happening(3, 'SaleRecorded', { sale, exhibitor: named('exhibitor', 1), lines, payment: 'cash' }),
    happening(4, 'FactVoided', { void: named('void', 2), kind: 'sale', target: sale, reason: 'bấm nhầm' }),
  ]);
  const db = await project(database, log, { batchMax: 1 });
  // When all is counted anew, in one batch
  const rebuilt = await rebuild({
    db,
    store: logged(log),
    projections,
    holder: 'again',
    compare: (pair, fairs) => compareFigures(pair, { fairs, now: Date.parse('2026-04-22T11:45:00+07:00') }),
  });
  // Then both are the same
  expect(rebuilt).toMatchObject({ outcome: 'shown', compared: 'same', unexplained: [] });
});
