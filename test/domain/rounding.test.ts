import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rounded, roundingWords } from '../../src/domain/rounding.ts';

const vi = (exact: number) => roundingWords(exact, { estimate: false }).vi;
const en = (exact: number) => roundingWords(exact, { estimate: false }).en;

/** Every candidate of the metric dictionary, straight from its definition, in order. */
const candidates: bigint[] = Array.from({ length: 17 }, (_, power) =>
  ['1', '1,5', '2', '2,5', '3', '4', '5', '6', '7', '8', '9'].flatMap((lead) => {
    const [whole = '', tenth = '0'] = lead.split(',');
    const tenfold = BigInt(whole + tenth) * 10n ** BigInt(power);
    return tenfold % 10n === 0n ? [tenfold / 10n] : [];
  }),
).flat();

const size = fc
  .integer({ min: 1, max: 15 })
  .chain((digits) => fc.integer({ min: 10 ** (digits - 1), max: 10 ** digits - 1 }));
const nearCandidate = fc
  .tuple(fc.constantFrom(...candidates.filter((c) => c >= 10n && c < 10n ** 14n)), fc.integer({ min: -200, max: 200 }))
  .map(([c, permille]) => Number(c + (c * BigInt(permille)) / 1000n));

describe('the rounding words', () => {
  test.each([
    [5962, 'gần 6.000', 'nearly 6,000'],
    [22, 'trên 20', 'over 20'],
    [1_523_400, 'trên 1,5 triệu', 'over 1.5 million'],
    [0, '0', '0'],
    [9, '9', '9'],
    [10, 'đạt 10', 'exactly 10'],
    [12, 'đạt 12', 'exactly 12'],
    [95, 'gần 100', 'nearly 100'],
    [94, 'trên 90', 'over 90'],
    [127, 'trên 120', 'over 120'],
    [6000, 'đạt 6.000', 'exactly 6,000'],
    [5700, 'gần 6.000', 'nearly 6,000'],
    [5699, 'trên 5.000', 'over 5,000'],
    [5751, 'gần 6.000', 'nearly 6,000'],
    [949_999, 'trên 900.000', 'over 900,000'],
    [950_000, 'gần 1 triệu', 'nearly 1 million'],
    [1_230_000, 'trên 1,2 triệu', 'over 1.2 million'],
    [16_700_000_000, 'trên 15 tỷ', 'over 15 billion'],
    [18_000_000_000, 'đạt 18 tỷ', 'exactly 18 billion'],
    [960_000_000, 'gần 1 tỷ', 'nearly 1 billion'],
    [2_400_000_000, 'gần 2,5 tỷ', 'nearly 2.5 billion'],
    [-1234, '−1.234', '−1,234'],
  ])('%i is “%s”, “%s”', (exact, vietnamese, english) => {
    expect([vi(exact), en(exact)]).toEqual([vietnamese, english]);
  });

  test('an estimate says so in front', () => {
    expect(roundingWords(5962, { estimate: true })).toEqual({ vi: 'ước gần 6.000', en: 'estimated nearly 6,000' });
    expect(roundingWords(7, { estimate: true })).toEqual({ vi: 'ước 7', en: 'estimated 7' });
  });

  test('follow the rule for every number of ten or more', () => {
    fc.assert(
      fc.property(
        fc.oneof(size, nearCandidate).filter((n) => n >= 10),
        (exact) => {
          const n = BigInt(exact);
          const above = candidates.find((c) => c > n) ?? 0n;
          const below = candidates.findLast((c) => c < n) ?? 0n;
          const firstTwo = BigInt(exact.toString().slice(0, 2).padEnd(exact.toString().length, '0'));
          const isNear = (above - n) * 100n <= above * 5n;
          const isOver = (n - below) * 100n <= below * 15n;
          const expected = candidates.includes(n)
            ? { relation: 'exactly', value: n }
            : isNear
              ? { relation: 'nearly', value: above }
              : isOver
                ? { relation: 'over', value: below }
                : { relation: firstTwo === n ? 'exactly' : 'over', value: firstTwo };
          expect(rounded(exact)).toEqual(expected);
        },
      ),
      { numRuns: 2000 },
    );
  });

  test('never claim more than “over”, less than “nearly” or other than “exactly”', () => {
    fc.assert(
      fc.property(size, (exact) => {
        const { relation, value } = rounded(exact);
        const n = BigInt(exact);
        expect(
          { over: value < n, nearly: value > n, exactly: value === n, plain: value === n && n < 10n }[relation],
        ).toBe(true);
      }),
    );
  });

  test('name thousands, millions and billions so that the words can be read back', () => {
    fc.assert(
      fc.property(size, (exact) => {
        const [, number = '', unit = ''] = /([\d.,]+)(?: (triệu|tỷ))?$/.exec(vi(exact)) ?? [];
        const [whole = '', tenth = ''] = number.replaceAll('.', '').split(',');
        const digits = { '': 0, triệu: 6, tỷ: 9 }[unit] ?? 0;
        expect(BigInt(whole + tenth.padEnd(digits, '0'))).toBe(rounded(exact).value);
      }),
    );
  });

  test('refuse what is no integer', () => {
    expect(() => vi(1.5)).toThrow(RangeError);
  });
});
