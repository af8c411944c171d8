import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Read, repeatReads } from '../../src/domain/repeat-reads.ts';

let number = 0;
const read = (second: number, about: Partial<Read> = {}): Read => {
  number += 1;
  return {
    id: `scan-${String(number).padStart(4, '0')}`,
    occurredAt: second * 1000,
    gate: 'A',
    direction: 'in',
    outcome: 'passed',
    ...about,
  };
};

describe('repeat reads of one pass', () => {
  test('less than 30 seconds after the last kept one; 30 seconds are not a repeat', () => {
    const [first, repeat, kept] = [read(0), read(29.999), read(30)];
    expect(repeatReads([first, repeat, kept])).toEqual(new Set([repeat]));
  });

  test('are measured from the last kept one, not from the last repeat', () => {
    const reads = [read(0), read(20), read(40), read(60), read(70)];
    expect(repeatReads(reads)).toEqual(new Set([reads[1], reads[3]]));
  });

  test('another gate or the other direction is another lane', () => {
    const reads = [read(0), read(1, { gate: 'B' }), read(2, { direction: 'out' })];
    expect(repeatReads(reads)).toEqual(new Set());
  });

  test('a refusal soon after an admission repeats it; an admission soon after a refusal was really let in', () => {
    const refusedBefore = read(0, { outcome: 'refused' });
    const admitted = read(5);
    const refusedAfter = read(9, { outcome: 'refused' });
    expect(repeatReads([refusedBefore, admitted, refusedAfter])).toEqual(new Set([refusedAfter]));
  });

  test('are the same whatever the order of arrival, and what is kept lies 30 seconds apart', () => {
    const reads = fc.uniqueArray(
      fc.record({
        id: fc.uuid(),
        occurredAt: fc.integer({ min: 0, max: 200_000 }),
        gate: fc.constantFrom('A', 'B'),
        direction: fc.constantFrom('in' as const, 'out' as const),
        outcome: fc.constantFrom('passed' as const, 'refused' as const),
      }),
      { maxLength: 15, selector: ({ id }) => id },
    );
    fc.assert(
      fc.property(reads, (all) => {
        const repeats = repeatReads(all);
        expect(repeatReads(all.toReversed())).toEqual(repeats);
        const kept = all.filter((one) => one.outcome === 'passed' && !repeats.has(one));
        for (const one of kept) {
          const tooClose = kept.filter(
            (other) =>
              other !== one &&
              other.gate === one.gate &&
              other.direction === one.direction &&
              Math.abs(other.occurredAt - one.occurredAt) < 30_000,
          );
          expect(tooClose).toEqual([]);
        }
      }),
    );
  });
});
