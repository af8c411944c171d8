import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { positionAt } from '../../../src/figures/travel/position-at.ts';
import { happening } from '../../support/history/happening.ts';
import { logged } from '../../support/projected.ts';

/** Positions with gaps and times that stand still at times. */
const steps = fc.array(fc.record({ position: fc.integer({ min: 1, max: 40 }), ms: fc.nat(3) }), { maxLength: 60 });
const { event } = happening(1, 'WalkInsCounted', {
  count: '019a0000-0000-7000-8000-000000000001',
  site: 'A',
  gate: 'G1',
  direction: 'in',
  category: 'pupil',
  persons: 1,
});

const logWith = (taken: readonly { readonly position: number; readonly ms: number }[]) => {
  let [position, recordedAt] = [0, 100];
  return taken.map((step) => {
    position += step.position;
    recordedAt += step.ms;
    return { ...event, stream: `${position}`, version: 1, position, recordedAt };
  });
};

describe('the position at a moment', () => {
  test('is that of the last event recorded by then, as reading the whole log says', async () => {
    await fc.assert(
      fc.asyncProperty(steps, fc.integer({ min: 90, max: 300 }), fc.nat(5), async (taken, moment, beyond) => {
        const events = logWith(taken);
        const head = (events.at(-1)?.position ?? 0) + beyond;
        const expected = events.findLast(({ recordedAt }) => recordedAt <= moment)?.position ?? 0;
        // Above the last event there is nothing, and nothing there was known later.
        const found = await positionAt(logged(events), moment, head);
        expect(events.filter(({ position }) => position > expected && position <= found)).toEqual([]);
        expect(found).toBeGreaterThanOrEqual(expected);
      }),
    );
  });

  test('takes a few questions of a long log', async () => {
    const events = logWith(Array.from({ length: 100_000 }, () => ({ position: 1, ms: 1 })));
    let questions = 0;
    const log = logged(events);
    const counting = {
      read: log.read,
      readAt: async (positions: readonly number[]) => {
        questions += 1;
        return events.filter((_, index) => positions.includes(index + 1));
      },
    };
    expect(await positionAt(counting, 100 + 54_321, events.length)).toBe(54_321);
    expect(questions).toBeLessThanOrEqual(5);
  });
});
