import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { StoredEvent } from '../../events/envelope.ts';
import { figureUnits } from '../../src/contract/figures.ts';
import { factsBehind } from '../../src/figures/facts-behind.ts';
import { figuresDatabase } from '../../src/figures/snapshot.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { figuresNow } from '../support/figures.ts';
import { logOf, sampleHistory } from '../support/history/history.ts';
import { fair } from '../support/history/names.ts';
import { project } from '../support/projected.ts';

const now = Date.parse('2026-04-22T11:45:00+07:00');
const log = logOf(sampleHistory({ seed: 75, factsMin: 250 }));

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
  await project(database, log, { batchMax: 1000 });
});
afterAll(() => database.drop());

const page = (figure: string, query: { before?: number; limit: number }) =>
  factsBehind(figuresDatabase(database.pool), fair, figure, { ...query, now });

async function all(figure: string): Promise<StoredEvent[]> {
  const found = await page(figure, { limit: 10_000 });
  return (found?.positions ?? []).map((position) => log[position - 1]).filter((event) => event !== undefined);
}

const typesOf = (events: readonly StoredEvent[]) => [...new Set(events.map(({ type }) => type))].sort();

describe('the facts behind a figure', () => {
  test('come the latest first, page by page, each once', async () => {
    const whole = (await page('visits', { limit: 1000 }))?.positions ?? [];
    expect(whole.length).toBeGreaterThan(10);
    expect(whole).toEqual([...whole].sort((a, b) => b - a));
    const paged: number[] = [];
    let next: number | null | undefined;
    do {
      const found = await page('visits', next ? { limit: 7, before: next } : { limit: 7 });
      paged.push(...(found?.positions ?? []));
      next = found?.next;
    } while (next);
    expect(paged).toEqual(whole);
  });

  test.each([
    ['visits', ['CorrectionRecorded', 'GroupArrived', 'VisitorCheckedIn', 'WalkInsCounted']],
    ['entries', ['GroupArrived', 'VisitorCheckedIn', 'WalkInsCounted']],
    ['unique-visitors', ['VisitorCheckedIn']],
    ['inside-now', ['GroupArrived', 'VisitorCheckedIn', 'VisitorCheckedOut', 'WalkInsCounted']],
    ['pupils', ['GroupArrived']],
    ['organisations-registered', ['ApplicationApproved']],
    ['copies-sold', ['DailyFiguresStated', 'SaleRecorded', 'SaleReturned']],
    ['copies-displayed', ['StockRecorded']],
    ['revenue-declared', ['DailyFiguresStated']],
    ['readers', []],
  ])('of %s are of its kinds', async (figure, types) => {
    expect(typesOf(await all(figure))).toEqual(types);
  });

  test('add up to the figure where it is a count of them', async () => {
    const { figures } = await figuresNow(database, now);
    const valueOf = (key: string) => figures.find((figure) => figure.key === key)?.value;
    for (const figure of ['unique-visitors', 'organisations-registered', 'organisations-present', 'booths']) {
      expect([figure, (await all(figure)).length]).toEqual([figure, valueOf(figure)]);
    }
  });

  test('are there for every figure that is not 0, and for no fair that does not exist', async () => {
    const { figures } = await figuresNow(database, now);
    for (const { key, value } of figures.filter(({ value }) => value !== null && value > 0)) {
      expect([key, value, (await all(key)).length > 0]).toEqual([key, value, true]);
    }
    expect(Object.keys(figureUnits)).toHaveLength(figures.length);
    const nowhere = await factsBehind(
      figuresDatabase(database.pool),
      '019a0000-0000-7000-8000-00000000dead',
      'visits',
      { limit: 5, now },
    );
    expect(nowhere).toBeUndefined();
  });

  test('hold no voided fact, and the facts to look at are listed by themselves', async () => {
    const { attention } = await figuresNow(database, now);
    for (const [list, count] of [
      ['conflicts', attention.conflicts],
      ['late', attention.late],
      ['unverified', attention.unverified],
      ['repeat-reads', attention.repeatReads],
      ['outside-days', attention.outsideDays],
    ] as const) {
      expect([list, (await all(list)).length]).toEqual([list, count]);
    }
    const repeats = new Set((await all('repeat-reads')).map(({ position }) => position));
    expect((await all('entries')).filter(({ position }) => repeats.has(position))).toEqual([]);
  });
});
