import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readShortCode, shortCodeOf } from '../../src/domain/short-code.ts';

const alphabet = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
const someCode = fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 7, maxLength: 7 }).map(shortCodeOf);
const place = fc.integer({ min: 0, max: 7 });
const replaced = (code: string, at: number, character: string) => code.slice(0, at) + character + code.slice(at + 1);

describe('a short code', () => {
  it('has 8 characters that nobody misreads', () => {
    fc.assert(
      fc.property(someCode, (code) => {
        expect(code).toMatch(/^[2-9A-HJ-NP-Z]{8}$/);
      }),
    );
  });

  it('is read in small letters, with blanks and hyphens', () => {
    fc.assert(
      fc.property(someCode, (code) => {
        expect(readShortCode(code)).toBe(code);
        expect(readShortCode(` ${code.slice(0, 4).toLowerCase()}-${code.slice(4)} `)).toBe(code);
      }),
    );
  });

  it('with any one wrong character is none', () => {
    fc.assert(
      fc.property(someCode, place, fc.constantFrom(...Array.from(alphabet)), (code, at, character) => {
        fc.pre(code[at] !== character);
        expect(readShortCode(replaced(code, at, character))).toBeUndefined();
      }),
    );
  });

  it('with any two characters in each other’s place is none', () => {
    fc.assert(
      fc.property(someCode, place, place, (code, one, other) => {
        const [first = '', second = ''] = [code[one], code[other]];
        fc.pre(first !== second);
        expect(readShortCode(replaced(replaced(code, one, second), other, first))).toBeUndefined();
      }),
    );
  });

  it('is no other text', () => {
    for (const text of ['', '2222222', '222222222', '0O1I2345', '2222222é', '🎟🎟🎟🎟🎟🎟🎟🎟']) {
      expect(readShortCode(text)).toBeUndefined();
    }
    expect(() => shortCodeOf([1, 2, 3])).toThrow('needs 7 numbers');
  });
});
