import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { StoredEvent } from '../../../events/envelope.ts';
import { happening } from '../../support/history/happening.ts';
import { type Happening, histories, reordered } from '../../support/history/history.ts';
import { days, fair, named } from '../../support/history/names.ts';
import { project } from '../../support/projected.ts';
import { type Asked, logFrom, recordedAt, type TwoLogs, twoLogs } from './two-logs.ts';

let logs: TwoLogs;
beforeAll(async () => {
  logs = await twoLogs();
});
afterAll(() => logs.drop());

/** Closings and reopenings in turn, each before so many of the other facts. */
function withClosings(history: readonly Happening[], places: readonly number[]): Happening[] {
  const all = [...history];
  for (const [nth, place] of places.toSorted((a, b) => a - b).entries()) {
    const closing = named('other', 5000 + nth - (nth % 2));
    const stream = `fair-${fair}`;
    const event =
      nth % 2 === 0
        ? happening(nth, 'FiguresClosed', { closing }, stream)
        : happening(nth, 'FiguresReopened', { reopening: named('other', 5000 + nth), reason: 'Đếm sót' }, stream);
    all.splice(Math.min(place + nth, all.length), 0, event);
  }
  return all;
}

const at = (day: string | undefined, time: string) => Date.parse(`${day}T${time}:00+07:00`);
const moments = fc.constantFrom(
  at(days[0], '09:10'),
  at(days[0], '12:00'),
  at(days[1], '00:00'),
  at(days[1], '10:30'),
  at(days[2], '21:00'),
);

class Delivery {
  readonly log: readonly StoredEvent[];
  constructor(log: readonly StoredEvent[]) {
    this.log = log;
  }
  [fc.toStringMethod](): string {
    return this.log
      .map(({ position, type, occurredAt, meta, data }) =>
        ['\n ', position, type, new Date(occurredAt).toISOString(), meta.actor.role, JSON.stringify(data)].join(' '),
      )
      .join('');
  }
}

const cases = histories({ factsMax: 60 })
  .chain((history) => fc.record({ history: reordered(history), places: fc.array(fc.nat(80), { maxLength: 4 }) }))
  .chain(({ history, places }) => {
    const log = logFrom(withClosings(history, places));
    const knownAt = fc.integer({ min: 8, max: log.length + 1 }).map(recordedAt);
    return fc.record({
      delivery: fc.constant(new Delivery(log)),
      batchMax: fc.constantFrom(4, 25, 1000),
      asked: fc.array(
        fc.oneof(
          fc.record({ trueAt: moments }),
          fc.record({ knownAt }),
          fc.record({ trueAt: moments, knownAt }),
          fc.constant({}),
        ),
        { minLength: 4, maxLength: 4 },
      ),
    });
  });

/** Histories to try; more of them by hand. */
const runs = Number(process.env['HISTORIES'] ?? 12);

describe('a look back', () => {
  test(
    'gives the figures of a log that ended when it was known, without what happened after it was true',
    { timeout: 120_000 + runs * 10_000 },
    async () => {
      await fc.assert(
        fc.asyncProperty(cases, async ({ delivery: { log }, batchMax, asked }) => {
          await project(logs.shown, log, { batchMax });
          for (const one of asked) {
            const { trueAt, knownAt }: Asked = one;
            const now = Math.min(trueAt ?? at(days[2], '11:45'), knownAt ?? Infinity);
            const expected = await logs.foldedThen(log, one, now);
            const found = await logs.lookedBack(log, one, now);
            const position = log.findLast((event) => event.recordedAt <= (knownAt ?? Infinity))?.position ?? 0;
            expect({ asked: one, ...found }).toEqual({ asked: one, ...expected, position });
          }
        }),
        { numRuns: runs, endOnFailure: true },
      );
    },
  );
});
