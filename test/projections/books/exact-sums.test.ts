import { afterAll, beforeAll, expect, test } from 'vitest';
import { newEvent } from '../../../events/catalogue.ts';
import { Dong } from '../../../events/fields.ts';
import { FiguresDocument } from '../../../src/contract/figures.ts';
import { type FreshDatabase, freshDatabase } from '../../support/database.ts';
import { figuresNow } from '../../support/figures.ts';
import { type Happening, logOf, sampleHistory } from '../../support/history/history.ts';
import { fair, named } from '../../support/history/names.ts';
import { project } from '../../support/projected.ts';

const now = Date.parse('2026-04-22T11:45:00+07:00');

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());

/** A sale of one copy for more đồng than the schema lets in today. */
function saleFor(number: number, paid: number, day = '2026-04-21'): Happening {
  const occurredAt = Date.parse(`${day}T09:00:00+07:00`) + number * 1000;
  const meta = { fair, actor: { role: 'organiser' as const, id: 'org' }, digest: 'a'.repeat(43), correlation: 'test' };
  const line = { gtin: null, code: 'K1', name: 'Số đỏ', copies: 1, paid: 0 };
  const data = {
    sale: named('fact', number),
    exhibitor: named('exhibitor', 0),
    lines: [line],
    payment: 'cash' as const,
  };
  const event = newEvent('SaleRecorded', data, { id: named('other', number), occurredAt, meta });
  return {
    stream: `${number}`,
    event: { ...event, data: { ...data, lines: [{ ...line, paid }] } },
    recordedAt: occurredAt,
  };
}

test('a sum that a number cannot hold exactly is not entered: its fact is parked, the figures go on', async () => {
  const created = sampleHistory({ seed: 5, factsMin: 0 }).slice(0, 1);
  const half = 6_000_000_000_000_000;
  const log = logOf([...created, saleFor(1, half), saleFor(2, half), saleFor(3, 50_000)]);
  for (const batchMax of [1, 1000]) {
    await project(database, log, { batchMax, memory: batchMax === 1 ? 'dropped' : 'kept' });
    const { figures, status } = await figuresNow(database, now);
    expect(figures.find(({ key }) => key === 'revenue')?.value).toBe(half + 50_000);
    expect(status).toBe('incomplete');
  }
});

test('sums of days that only together are too large stop there, and take no other figure away', async () => {
  const created = sampleHistory({ seed: 5, factsMin: 0 }).slice(0, 1);
  const half = 6_000_000_000_000_000;
  const sales = [saleFor(1, half), saleFor(2, half, '2026-04-22'), saleFor(3, 50_000)];
  await project(database, logOf([...created, ...sales]), { batchMax: 1000 });
  const document = FiguresDocument.parse(await figuresNow(database, now));
  const values = Object.fromEntries(document.figures.map(({ key, value }) => [key, value]));
  expect(values).toMatchObject({ revenue: Number.MAX_SAFE_INTEGER, 'copies-sold': 3, visits: 0 });
});

test('within the bounds of a line it takes ninety thousand of the largest sales to come that far', () => {
  expect(Dong.safeParse(1_000_000_000).success).toBe(true);
  expect(Dong.safeParse(1_000_000_001).success).toBe(false);
  expect(Number.isSafeInteger(90_000 * 100 * 1_000_000_000)).toBe(true);
});
