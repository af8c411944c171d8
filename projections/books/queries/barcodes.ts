/**
 * Nearly all titles are barcodes, each of which few postings share: they are kept as numbers, since a text for each of
 * them would take as much room as everything else, and much longer to read.
 * @returns the digits as a number, plus one; 0 for a title that is no barcode
 */
export function barcodeNumber(title: string): number {
  if (title.length !== digits) return 0;
  let number = 0;
  for (let index = 0; index < digits; index += 1) {
    const digit = title.charCodeAt(index) - 48;
    if (digit < 0 || digit > 9) return 0;
    number = 10 * number + digit;
  }
  return number + 1;
}

/** @param number not 0 */
export const barcodeOf = (number: number): string => String(number - 1).padStart(digits, '0');

/** Of a GTIN-13, which all others are written as. */
const digits = 13;
