/** 32 characters without 0, O, 1 and I, which people misread. */
const alphabet = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
const values = new Map(Array.from(alphabet).map((character, value) => [character, value]));

const shortCodeLength = 8;

/**
 * A short code from 7 numbers of 0–31: they, and a check character. The code is one over GF(32) in which the characters,
 * weighed by the powers of a generator, add up to 0; so it finds every wrong character and every two that changed places.
 */
export function shortCodeOf(numbers: readonly number[]): string {
  const payload = numbers.slice(0, shortCodeLength - 1);
  if (payload.length !== shortCodeLength - 1) throw new Error(`a short code needs 7 numbers, not ${payload.length}`);
  return [...payload, checkOf(payload)].map((number) => alphabet[number & 31]).join('');
}

/**
 * A short code as people type it: small letters, blanks and hyphens are theirs to choose.
 * @returns its 8 characters, or undefined where it is none or the check character does not fit.
 */
export function readShortCode(typed: string): string | undefined {
  const code = typed.replaceAll(/[\s-]/g, '').toUpperCase();
  const numbers = Array.from(code, (character) => values.get(character) ?? -1);
  if (numbers.length !== shortCodeLength || numbers.includes(-1)) return undefined;
  return checkOf(numbers.slice(0, -1)) === numbers.at(-1) ? code : undefined;
}

/** Horner's rule: each step multiplies by the generator, the last character's weight is 1. */
const checkOf = (payload: readonly number[]): number =>
  payload.reduce((sum, number) => timesGenerator(sum ^ (number & 31)), 0);

/** Times x modulo x⁵ + x² + 1, which is primitive: the weights of the 8 places all differ. */
const timesGenerator = (value: number): number => (value & 16 ? (value << 1) ^ 0b10_0101 : value << 1);
