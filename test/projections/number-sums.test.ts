import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NumberSums } from '../../projections/number-sums.ts';

const numbers = fc.integer({ min: 1, max: 10 ** 13 });
const amounts = fc.integer({ min: -1000, max: 1000 });

describe('sums by number', () => {
  it('are those of a map', () => {
    const steps = fc.array(fc.tuple(fc.oneof(numbers, fc.integer({ min: 1, max: 20 })), amounts, fc.boolean()), {
      maxLength: 3000,
      size: 'max',
    });
    fc.assert(
      fc.property(steps, (all) => {
        const [sums, map] = [new NumberSums(), new Map<number, number>()];
        const isKnown = all.map(([number, amount, onlyKnown]) => {
          const known = map.has(number);
          if (known || !onlyKnown) map.set(number, (map.get(number) ?? 0) + amount);
          return known || !onlyKnown;
        });
        const isTaken = all.map(([number, amount, onlyKnown]) => {
          if (onlyKnown) return sums.addToKnown(number, amount);
          sums.add(number, amount);
          return true;
        });
        expect(isTaken).toEqual(isKnown);
        expect(new Map(sums)).toEqual(map);
      }),
      { numRuns: 30 },
    );
  });

  it('find each of a hundred thousand neighbours', () => {
    const sums = new NumberSums();
    for (let number = 9_786_040_000_000; number < 9_786_040_100_000; number += 1) sums.add(number, number % 7);
    expect([...sums]).toHaveLength(100_000);
    expect([...sums].every(([number, sum]) => sum === number % 7)).toBe(true);
    expect(sums.addToKnown(9_786_040_100_000, 1)).toBe(false);
  });
});
