import { z } from 'zod';

/**
 * A barcode's number as people type it: hyphens and blanks are left out, an ISBN-10 becomes its ISBN-13.
 * @returns the 13 digits, or in English what is wrong and, where that can be said, what would be right.
 * Source: GS1 General Specifications 7.9 (check digit), ISO 2108 (ISBN).
 */
export function readGtin(text: string): { readonly gtin: string } | { readonly wrong: string } {
  const plain = text.replaceAll(/[\s\u2010-\u2015-]/g, '').toUpperCase();
  if (/^\d{13}$/.test(plain)) return readGtin13(plain);
  if (/^\d{9}[\dX]$/.test(plain)) return readIsbn10(plain);
  return { wrong: `must be the 13 digits of an ISBN or GTIN, or the 10 of an old ISBN; this has ${plain.length}` };
}

/** The last digit of an EAN-13, GTIN-13 or ISBN-13, from its first twelve. */
export function gtinCheckDigit(twelve: string): string {
  const sum = digits(twelve).reduce((total, digit, index) => total + digit * (index % 2 === 0 ? 1 : 3), 0);
  return String((10 - (sum % 10)) % 10);
}

/** A field that takes what `readGtin` takes and holds 13 digits. */
export const Gtin = z
  .string()
  .max(40)
  .transform((text, context) => {
    const read = readGtin(text);
    if ('gtin' in read) return read.gtin;
    context.addIssue({ code: 'custom', message: read.wrong, input: text });
    return z.NEVER;
  });

function readGtin13(thirteen: string): { gtin: string } | { wrong: string } {
  const right = thirteen.slice(0, 12) + gtinCheckDigit(thirteen);
  return right === thirteen ? { gtin: thirteen } : { wrong: wrongCheckDigit(right) };
}

function readIsbn10(ten: string): { gtin: string } | { wrong: string } {
  const right = ten.slice(0, 9) + isbn10CheckDigit(ten);
  if (right !== ten) return { wrong: wrongCheckDigit(right) };
  const twelve = `978${ten.slice(0, 9)}`;
  return { gtin: twelve + gtinCheckDigit(twelve) };
}

function isbn10CheckDigit(nine: string): string {
  const sum = digits(nine.slice(0, 9)).reduce((total, digit, index) => total + digit * (10 - index), 0);
  const digit = (11 - (sum % 11)) % 11;
  return digit === 10 ? 'X' : String(digit);
}

const wrongCheckDigit = (right: string): string =>
  `the check digit does not fit; with these digits ${right} would be right`;

const digits = (text: string): number[] => Array.from(text.slice(0, 12), Number);
