import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { amount, readAmount } from '../../src/contract/amounts.ts';

describe('a number as people type it', () => {
  it.for([
    ['1500000', 1_500_000],
    ['1.500.000', 1_500_000],
    ['1 500 000', 1_500_000],
    ['1 500 000', 1_500_000],
    [' 12 ', 12],
    ['-3', -3],
    ['−1.200', -1200],
    ['0', 0],
  ] as const)('reads %o as %i', ([typed, read]) => {
    expect(readAmount(typed)).toBe(read);
  });

  it.for(['1.5', '1,5', '1.50.000', '1.500 000', '1,500,000', '', '-', '1e6', '٣', '12đ', '99999999999999999'])(
    'asks back about %o',
    (typed) => {
      expect(readAmount(typed)).toBeUndefined();
    },
  );

  it('reads what Vietnamese writing makes of any number', () => {
    const dots = new Intl.NumberFormat('vi-VN');
    fc.assert(
      fc.property(fc.maxSafeInteger(), (number) => {
        expect(readAmount(dots.format(number))).toBe(number);
      }),
    );
  });

  it('is a field that takes either, within its bounds', () => {
    const Copies = amount(z.int().min(0).max(1000));
    for (const given of [1000, '1.000', '1 000']) expect(Copies.parse(given)).toBe(1000);
    for (const given of [1001, '1.001', -1, 1.5, '1.5', 'x'.repeat(50), null, [1]])
      expect(Copies.safeParse(given).success).toBe(false);
    expect(Copies.safeParse('1.5').error?.issues).toMatchObject([{ message: /is not clear/ }]);
  });
});
