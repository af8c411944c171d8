import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Category } from '../../events/fields.ts';
import { fromBase45, toBase45 } from '../../src/domain/base45.ts';
import { type PassClaims, passToken, readPassToken, signedPart } from '../../src/domain/pass-token.ts';
import { someIds } from '../support/facts.ts';

const seconds = fc.option(fc.integer({ min: 1, max: 2 ** 32 - 1 }).map((number) => number * 1000));
const someClaims: fc.Arbitrary<PassClaims> = fc.record({
  fair: someIds,
  pass: someIds,
  source: fc.constantFrom('pass', 'poster'),
  category: fc.constantFrom(...Category.options),
  partySize: fc.integer({ min: 1, max: 10_000 }),
  validFrom: seconds,
  validUntil: seconds,
});
const signature = fc.uint8Array({ minLength: 64, maxLength: 64 });

/** Alphanumeric characters of a QR code of 53 modules (version 9) at error correction Q: ISO/IEC 18004, table 7. */
const version9Q = 189;

describe('a pass token', () => {
  it('says what was put in, and what was signed', () => {
    fc.assert(
      fc.property(someClaims, signature, (claims, signed) => {
        const read = readPassToken(passToken(signedPart(claims), signed));
        expect(read).toEqual({ claims, signed: signedPart(claims), signature: Uint8Array.from(signed) });
      }),
    );
  });

  it('fits a QR code of 53 modules, in its alphanumeric characters', () => {
    fc.assert(
      fc.property(someClaims, signature, (claims, signed) => {
        const token = passToken(signedPart(claims), signed);
        expect(token).toMatch(/^[0-9A-Z $%*+./:-]+$/);
        expect(token.length).toBeLessThanOrEqual(version9Q);
      }),
    );
  });

  it('is read from no other text', () => {
    fc.assert(
      fc.property(someClaims, signature, fc.nat(), fc.string({ maxLength: 3 }), (claims, signed, at, text) => {
        const token = passToken(signedPart(claims), signed);
        const cut = at % token.length;
        expect(readPassToken(token.slice(0, cut))).toBeUndefined();
        expect(readPassToken(`${text}x${token}`)).toBeUndefined();
      }),
    );
    for (const text of ['', 'HS:', 'HS:AB', 'https://example.org/HS:']) expect(readPassToken(text)).toBeUndefined();
  });

  it('of another version or kind is not guessed at', () => {
    const claims: PassClaims = {
      fair: '019a0000-0000-7000-8000-000000000001',
      pass: '019a0000-0000-7000-8000-000000000002',
      source: 'pass',
      category: 'pupil',
      partySize: 1,
      validFrom: null,
      validUntil: null,
    };
    const spoilt = (at: number, value: number) => {
      const bytes = signedPart(claims);
      bytes[at] = value;
      return readPassToken(passToken(bytes, new Uint8Array(64)));
    };
    expect(spoilt(0, 1)).toHaveProperty('claims', claims);
    expect(spoilt(0, 2)).toBeUndefined();
    expect(spoilt(33, 8)).toBeUndefined();
    expect(spoilt(33, 0x41)).toBeUndefined();
    expect(spoilt(33, 0x21)).toBeUndefined();
    expect(spoilt(35, 0)).toBeUndefined();
  });
});

describe('base45', () => {
  /** RFC 9285, sections 4.3 and 4.4. */
  const examples = [
    ['AB', 'BB8'],
    ['Hello!!', '%69 VD92EX0'],
    ['base-45', 'UJCLQE7W581'],
    ['ietf!', 'QED8WEX0'],
  ] as const;

  it('is that of the standard', () => {
    for (const [text, encoded] of examples) {
      const bytes = new TextEncoder().encode(text);
      expect(toBase45(bytes)).toBe(encoded);
      expect(fromBase45(encoded)).toEqual(Uint8Array.from(bytes));
    }
  });

  it('gives back what went in', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(fromBase45(toBase45(bytes))).toEqual(Uint8Array.from(bytes));
      }),
    );
  });

  it('reads nothing that it would not write', () => {
    for (const text of ['A', 'GGW', ':::', '::', 'ab', 'ÀÁÂ', 'BB8A']) expect(fromBase45(text)).toBeUndefined();
  });
});
