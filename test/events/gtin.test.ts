import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Gtin, gtinCheckDigit, readGtin } from '../../events/gtin.ts';

const digits = (length: number) => fc.stringMatching(new RegExp(`^\\d{${length}}$`));
const gtins = digits(12).map((twelve) => twelve + gtinCheckDigit(twelve));

describe('a book’s number as people type it', () => {
  it.for([
    ['9786041234567', '9786041234567'],
    ['978-604-1-23456-7', '9786041234567'],
    ['978 604 1 23456 7', '9786041234567'],
    ['978‑604–1 23456 7', '9786041234567'],
    ['0-306-40615-2', '9780306406157'],
    ['080442957x', '9780804429573'],
    ['8938500000003', '8938500000003'],
  ])('reads %s as %s', ([typed = '', gtin]) => {
    expect(readGtin(typed)).toEqual({ gtin });
  });

  it.for([
    ['9786041234568', /9786041234567 would be right/],
    ['0306406153', /0306406152 would be right/],
    ['978604123456', /has 12/],
    ['', /has 0/],
    ['978604123456X', /13 digits/],
    ['٩٧٨٦٠٤١٢٣٤٥٦٧', /13 digits/],
  ] as const)('says of %s what would be right', ([typed, sentence]) => {
    const read = readGtin(typed);
    expect('wrong' in read && read.wrong).toMatch(sentence);
  });

  it('takes every number with its check digit, and with no other last digit', () => {
    fc.assert(
      fc.property(gtins, fc.integer({ min: 1, max: 9 }), (gtin, shift) => {
        const other = gtin.slice(0, 12) + String((Number(gtin.slice(12)) + shift) % 10);
        expect(readGtin(gtin)).toEqual({ gtin });
        expect(readGtin(other)).toEqual({ wrong: expect.stringContaining(gtin) });
      }),
    );
  });

  it('notices any one digit that was mistyped', () => {
    fc.assert(
      fc.property(gtins, fc.nat({ max: 12 }), fc.integer({ min: 1, max: 9 }), (gtin, at, shift) => {
        const mistyped = gtin.slice(0, at) + String((Number(gtin[at]) + shift) % 10) + gtin.slice(at + 1);
        expect(readGtin(mistyped)).toHaveProperty('wrong');
      }),
    );
  });

  it('turns an old ISBN into the same book’s new one, which reads as itself', () => {
    fc.assert(
      fc.property(digits(9), (nine) => {
        const read = Array.from('0123456789X', (last) => readGtin(nine + last)).filter((each) => 'gtin' in each);
        expect(read).toEqual([{ gtin: expect.stringMatching(new RegExp(`^978${nine}`)) }]);
        expect(read.map(({ gtin }) => readGtin(gtin))).toEqual(read);
      }),
    );
  });

  it('is a field that names itself in the error', () => {
    expect(Gtin.parse('978-604-1-23456-7')).toBe('9786041234567');
    expect(Gtin.safeParse('9786041234560').error?.issues).toMatchObject([{ message: /9786041234567/ }]);
    expect(Gtin.safeParse('9'.repeat(41)).success).toBe(false);
  });
});
