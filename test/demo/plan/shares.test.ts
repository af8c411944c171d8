import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { split } from '../../../src/demo/plan/shares.ts';

const sum = (parts: readonly number[]) => parts.reduce((all, part) => all + part, 0);

describe('split', () => {
  it('follows the weights', () => {
    expect(split(5962, [50, 27, 23])).toEqual([2981, 1610, 1371]);
  });

  it('adds up to the whole, with the least in every part', () => {
    const cases = fc.record({
      weights: fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 40 }),
      least: fc.integer({ min: 0, max: 5 }),
      extra: fc.integer({ min: 0, max: 1_000_000 }),
    });
    fc.assert(
      fc.property(cases, ({ weights, least, extra }) => {
        const total = weights.length * least + extra;
        const parts = split(total, weights, { least });
        expect(sum(parts)).toBe(total);
        expect(Math.min(...parts)).toBeGreaterThanOrEqual(least);
      }),
    );
  });

  it('refuses a whole that is too small', () => {
    expect(() => split(3, [1, 1], { least: 2 })).toThrow(RangeError);
  });
});
