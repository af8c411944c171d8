import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { toFairEvent } from '../../events/catalogue.ts';
import { figuresDocument } from '../../src/figures/document.ts';
import { figuresDatabase } from '../../src/figures/snapshot.ts';
import { detailsOf, recountDetails } from '../recount/details.ts';
import { recount } from '../recount/recount.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { type Happening, histories, logOf, reordered } from '../support/history/history.ts';
import { days, fair } from '../support/history/names.ts';
import { project } from '../support/projected.ts';

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());

const at = (day: string | undefined, time: string) => Date.parse(`${day}T${time}:00+07:00`);
const moments = fc.constantFrom(at(days[0], '08:00'), at(days[1], '11:45'), at(days[2], '21:00'), at(days[2], '23:00'));

/** What the projections say of a history, in the two forms of the recounts. */
async function figuresOf(
  history: readonly Happening[],
  { batchMax, memory, now }: { batchMax: number; memory: 'kept' | 'dropped'; now: number },
) {
  await project(database, logOf(history), { batchMax, memory });
  const document = await figuresDocument(figuresDatabase(database.pool), fair, now);
  if (!document) throw new Error('the fair is not in the figures');
  const values = Object.fromEntries(document.figures.map(({ key, value }) => [key, value]));
  return { values, details: detailsOf(document) };
}

/** Facts in the order of their arrival; a counterexample prints them one a line. */
class Delivery {
  readonly facts: readonly Happening[];
  constructor(facts: readonly Happening[]) {
    this.facts = facts;
  }
  [fc.toStringMethod](): string {
    return this.facts
      .map(({ event: { type, occurredAt, meta, data } }) =>
        ['\n ', type, new Date(occurredAt).toISOString(), meta.actor.role, JSON.stringify(data)].join(' '),
      )
      .join('');
  }
}

const cases = histories({ factsMax: 60 }).chain((history) =>
  fc.record({
    one: fc.constant(new Delivery(history)),
    other: reordered(history).map((facts) => new Delivery(facts)),
    batchMax: fc.constantFrom(4, 25, 1000),
    memory: fc.constantFrom('kept' as const, 'dropped' as const),
    now: moments,
  }),
);

/** Histories to try; more of them by hand. */
const runs = Number(process.env['HISTORIES'] ?? 15);

describe('figures are a function of the set of facts', () => {
  test(
    'they equal an independent recount, in whatever order and batches the facts came',
    { timeout: 60_000 + runs * 5000 },
    async () => {
      await fc.assert(
        fc.asyncProperty(cases, async ({ one, other, batchMax, memory, now }) => {
          const events = logOf(one.facts).map(toFairEvent);
          const counted = await figuresOf(one.facts, { batchMax: 1000, memory: 'kept', now });
          expect(counted.values).toMatchObject(recount(events));
          expect(counted.details).toEqual(recountDetails(events, now));
          expect(await figuresOf(other.facts, { batchMax, memory, now })).toEqual(counted);
        }),
        { numRuns: runs, endOnFailure: true },
      );
    },
  );
});
