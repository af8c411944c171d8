import { z } from 'zod';

/**
 * A whole number as people write it: 1500000, 1.500.000 or 1 500 000, with a minus in front where it may be negative.
 * @returns undefined where it could be meant in several ways (“1.5”), or is no number
 */
export function readAmount(text: string): number | undefined {
  const plain = text.trim().replace(/^[−–]/, '-');
  const isGrouped = /^-?\d{1,3}(?:(?:\.\d{3})+|(?:[ \u00a0\u202f]\d{3})+)$/.test(plain);
  if (!isGrouped && !/^-?\d{1,16}$/.test(plain)) return undefined;
  const amount = Number(plain.replaceAll(/[. \u00a0\u202f]/g, ''));
  return Number.isSafeInteger(amount) ? amount : undefined;
}

/** A field that takes a number, or its digits as somebody typed them, and asks back about what is not clear. */
export const amount = <Within extends z.ZodType<number, number>>(within: Within) =>
  z
    .union([z.number(), z.string().max(40)])
    .describe('a whole number: 1500000, or as text 1.500.000 or 1 500 000')
    .transform((given, context) => {
      const read = typeof given === 'number' ? given : readAmount(given);
      if (read !== undefined) return read;
      context.addIssue({
        code: 'custom',
        message: 'is not clear: write a whole number, like 1500000, 1.500.000 or 1 500 000',
        input: given,
      });
      return z.NEVER;
    })
    .pipe(within);
