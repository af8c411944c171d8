import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { toFairEvent } from '../../../events/catalogue.ts';
import { happening } from '../../support/history/happening.ts';
import { logOf, sampleHistory } from '../../support/history/history.ts';
import { named } from '../../support/history/names.ts';
import { recount } from '../../recount/recount.ts';
import { type FreshDatabase, freshDatabase } from '../../support/database.ts';
import { figuresNow } from '../../support/figures.ts';
import { project } from '../../support/projected.ts';

const now = Date.parse('2026-04-22T11:45:00+07:00');

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());

const exhibitor = named('exhibitor', 0);
const lineOf = (copies: number) => ({ gtin: null, code: 'K1', name: 'Số đỏ', copies, paid: copies * 50_000 });
/** A sale stands with what came back of it and with its undos. */
const saleStream = (number: number) => `sale-${number}`;
const sale = (number: number, copies: number) =>
  happening(
    number,
    'SaleRecorded',
    {
      sale: named('fact', number),
      exhibitor,
      lines: [lineOf(copies)],
      payment: 'cash',
    },
    saleStream(number),
  );

const undone = named('fact', 1);
const back = { sale: undone, return: named('fact', 2), exhibitor, lines: [lineOf(2)] };
const facts = {
  sale: sale(1, 3),
  return: happening(2, 'SaleReturned', back, saleStream(1)),
  undo: happening(
    3,
    'FactVoided',
    { void: named('void', 3), kind: 'sale', target: undone, reason: 'nhầm' },
    saleStream(1),
  ),
};
const others = [...sampleHistory({ seed: 5, factsMin: 0 }).slice(0, 1), sale(4, 5)];

const orders = [
  ['sale', 'return', 'undo'],
  ['sale', 'undo', 'return'],
  ['return', 'sale', 'undo'],
  ['return', 'undo', 'sale'],
  ['undo', 'sale', 'return'],
  ['undo', 'return', 'sale'],
] as const;

describe.each(orders)('what came back of an undone sale: %s, %s, %s', (...order) => {
  const log = logOf([...others, ...order.map((name) => facts[name])]);

  test.each([1, 2, 1000])('counts nothing, in batches of %i', async (batchMax) => {
    await project(database, log, { batchMax, memory: batchMax === 2 ? 'dropped' : 'kept' });
    const { figures, bestSellers } = await figuresNow(database, now);
    const values = Object.fromEntries(figures.map(({ key, value }) => [key, value]));
    expect(values).toMatchObject({ 'copies-sold': 5, revenue: 250_000, 'revenue-recorded': 250_000 });
    expect(values).toMatchObject(recount(log.map(toFairEvent)));
    expect(bestSellers.map(({ copies }) => copies)).toEqual([5]);
  });
});

const standing = [...others, sale(1, 3), happening(2, 'SaleReturned', back, saleStream(1))];
const undoOf = (about: { readonly sale?: string }) =>
  happening(
    3,
    'FactVoided',
    {
      void: named('void', 3),
      kind: 'return',
      target: named('fact', 2),
      reason: 'nhầm',
      ...about,
    },
    saleStream(about.sale === named('fact', 4) ? 4 : 1),
  );

describe.each([
  ['its own sale takes effect', undoOf({ sale: undone }), 8],
  ['another sale does not', undoOf({ sale: named('fact', 4) }), 6],
  ['none, as those written before could not, does', undoOf({}), 8],
])('an undo of a return that names %s', (_, undo, sold) => {
  test.each([
    [1, 'after'],
    [2, 'before'],
    [1000, 'before'],
  ])('in batches of %i, %s what it undoes', async (batchMax, when) => {
    const log = logOf(when === 'after' ? [...standing, undo] : [...others, undo, ...standing.slice(others.length)]);
    await project(database, log, { batchMax, memory: batchMax === 2 ? 'dropped' : 'kept' });
    const values = Object.fromEntries((await figuresNow(database, now)).figures.map(({ key, value }) => [key, value]));
    expect(values).toMatchObject({ 'copies-sold': sold, revenue: sold * 50_000 });
    expect(values).toMatchObject(recount(log.map(toFairEvent)));
  });
});
