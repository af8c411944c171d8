import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { toFairEvent } from '../../events/catalogue.ts';
import type { ProjectedFact } from '../../events/catalogue.ts';
import type { StoredEvent } from '../../events/envelope.ts';
import { projections } from '../../projections/index.ts';
import type { Projection } from '../../projections/projection.ts';
import { InexactInteger } from '../../src/database/connect.ts';
import { projectorDatabase } from '../../src/projector/database.ts';
import { rebuild } from '../../src/projector/rebuild.ts';
import { recount } from '../recount/recount.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { figuresNow } from '../support/figures.ts';
import { logOf, sampleHistory } from '../support/history/history.ts';
import { logged, project } from '../support/projected.ts';

const now = Date.parse('2026-04-22T11:45:00+07:00');
/** No date in PostgreSQL, where the year before 1 is 1 BC. */
const yearZero = Date.parse('0000-06-01T00:00:00Z');

const log = logOf(sampleHistory({ seed: 21, factsMin: 40 }));
const of = (type: string): StoredEvent[] => log.filter((event) => event.type === type);
const poison = [of('VisitorCheckedIn')[1], of('SaleRecorded')[0], of('VisitorCheckedIn').at(-1)]
  .map((event) => event?.position ?? 0)
  .sort((a, b) => a - b);

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());

const parked = () =>
  projectorDatabase(database.pool)
    .selectFrom('parked_events')
    .select(['position', 'projection'])
    .where(
      'generation',
      '=',
      projectorDatabase(database.pool)
        .selectFrom('projection_generations')
        .select('generation')
        .where('state', '=', 'current'),
    )
    .orderBy('position')
    .execute();

/** A projection that meets an error in the database whenever one of these facts is in the batch. */
const failingIn = (
  projection: Projection,
  { step, positions, error }: { step: 'load' | 'save'; positions: readonly number[]; error: Error },
): Projection => ({
  ...projection,
  open: (start) => {
    const fold = projection.open(start);
    let taken: readonly ProjectedFact[] = [];
    const meet = (at: 'load' | 'save') => {
      if (at === step && taken.some(({ position }) => positions.includes(position))) throw error;
    };
    return {
      take: (events, causeOf) => {
        taken = events;
        fold.take(events, causeOf);
      },
      load: async (db) => {
        await fold.load(db);
        meet('load');
      },
      apply: () => fold.apply(),
      save: async (db) => {
        await fold.save(db);
        meet('save');
      },
    };
  },
});

async function expectWithout(positions: readonly number[]): Promise<void> {
  const { figures, status } = await figuresNow(database, now);
  const values = Object.fromEntries(figures.map(({ key, value }) => [key, value]));
  const healthy = log.filter(({ position }) => !positions.includes(position));
  expect(values).toMatchObject(recount(healthy.map(toFairEvent)));
  expect(status).toBe('incomplete');
}

describe('a fact with a value that the database cannot hold', () => {
  test.each([1000, 7])('is parked and all others count, in batches of %i', async (batchMax) => {
    const odd = log.map((event) => (poison.includes(event.position) ? { ...event, occurredAt: yearZero } : event));
    await project(database, odd, { batchMax });
    await expectWithout(poison);
    expect(await parked()).toEqual(
      poison.map((position) => ({
        position,
        projection: position === of('SaleRecorded')[0]?.position ? 'books' : 'attendance',
      })),
    );
  });

  test.each(['load', 'save'] as const)('or not give back exactly is parked when %s finds it', async (step) => {
    const sales = of('SaleRecorded').map(({ position }) => position);
    const error = new InexactInteger('9007199254740993');
    const failing = projections.map((one) =>
      one.name === 'books' ? failingIn(one, { step, positions: sales, error }) : one,
    );
    await rebuild({ db: projectorDatabase(database.pool), store: logged(log), projections: failing, holder: 'test' });
    await expectWithout(sales);
    expect(await parked()).toEqual(sales.map((position) => ({ position, projection: 'books' })));
  });
});

const ofTheMoment = [
  Object.assign(new Error('deadlock detected'), { code: '40P01' }),
  new RangeError('Invalid string length'),
];
const moments = (['load', 'save'] as const).flatMap((step) => ofTheMoment.map((error) => ({ step, error })));

test.each(moments)('an error of the moment ($error.message) in $step parks nothing', async ({ step, error }) => {
  const failing = projections.map((one) => failingIn(one, { step, positions: poison, error }));
  const options = { db: projectorDatabase(database.pool), store: logged(log), holder: 'test' };
  await expect(rebuild({ ...options, projections: failing })).rejects.toBe(error);
  await rebuild({ ...options, projections });
  expect(await parked()).toEqual([]);
});
