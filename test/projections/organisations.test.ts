import { afterAll, beforeAll, expect, test } from 'vitest';
import { toFairEvent } from '../../events/catalogue.ts';
import { factsBehind } from '../../src/figures/facts-behind.ts';
import { figuresDatabase } from '../../src/figures/snapshot.ts';
import { recount } from '../recount/recount.ts';
import { form } from '../support/application-facts.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { figuresNow } from '../support/figures.ts';
import { happening } from '../support/history/happening.ts';
import { type Happening, logOf, sampleHistory } from '../support/history/history.ts';
import { fair, named } from '../support/history/names.ts';
import { project } from '../support/projected.ts';

const now = Date.parse('2026-04-22T11:45:00+07:00');

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());

type About = Partial<typeof form> & { readonly until?: 'submitted' | 'approved' | 'present' };

/** An application, by default of one publisher, and how far it went. */
function application(number: number, { until = 'approved', ...about }: About = {}): readonly Happening[] {
  const own = { application: named('exhibitor', number) };
  const id = (step: number) => named('other', number * 10 + step);
  const way = [
    happening(number * 10, 'ApplicationSubmitted', { ...own, form: { ...form, ...about }, representative: null }),
    happening(number * 10 + 1, 'ApplicationApproved', { ...own, review: id(1) }),
    happening(number * 10 + 2, 'BoothTakenOver', { ...own, step: id(2) }),
  ];
  return way.slice(0, { submitted: 1, approved: 2, present: 3 }[until]);
}

const without = { taxCode: undefined };

test.each<[string, readonly Happening[], { registered: number; present: number; by: Record<string, number> }]>([
  [
    'that applied twice is one',
    [...application(1), ...application(2)],
    { registered: 1, present: 0, by: { publisher: 1 } },
  ],
  [
    'whose tax code has a dash, and has none, is one',
    [...application(1, { taxCode: '0100110687-001' }), ...application(2, { taxCode: '0100110687001' })],
    { registered: 1, present: 0, by: { publisher: 1 } },
  ],
  [
    'with a branch that has its own tax code is two',
    [...application(1), ...application(2, { taxCode: '0100110687-001' })],
    { registered: 2, present: 0, by: { publisher: 2 } },
  ],
  [
    'without a tax code is one for each application',
    [...application(1, without), ...application(2, without)],
    { registered: 2, present: 0, by: { publisher: 2 } },
  ],
  [
    'that took over one of two booths is present, and is what it is there',
    [...application(1), ...application(2, { kind: 'bookshop', until: 'present' })],
    { registered: 1, present: 1, by: { bookshop: 1 } },
  ],
  [
    'is registered by the application that was approved',
    [...application(1, { kind: 'library', until: 'submitted' }), ...application(2)],
    { registered: 1, present: 0, by: { publisher: 1 } },
  ],
])('an organisation %s', async (_, facts, { registered, present, by }) => {
  const log = logOf([...sampleHistory({ seed: 5, factsMin: 0 }).slice(0, 1), ...facts]);
  await project(database, log, { batchMax: 1000 });
  const { figures, breakdowns } = await figuresNow(database, now);
  const values = Object.fromEntries(figures.map(({ key, value }) => [key, value]));
  expect(values).toMatchObject({ 'organisations-registered': registered, 'organisations-present': present });
  expect(values).toMatchObject(recount(log.map(toFairEvent)));
  const kinds = breakdowns.find((one) => one.figure === 'organisations-registered' && one.by === 'kind')?.rows ?? [];
  expect(Object.fromEntries(kinds.map(({ key, value }) => [key, value]))).toEqual(by);
  const page = { limit: 100, now };
  const behind = await factsBehind(figuresDatabase(database.pool), fair, 'organisations-registered', page);
  expect(behind?.positions.length).toBe(registered);
});
