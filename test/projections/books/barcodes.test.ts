import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { barcodeNumber, barcodeOf } from '../../../projections/books/queries/barcodes.ts';

describe('a barcode as a number', () => {
  it('is the same digits again, zeros in front included', () => {
    const digits = fc.stringMatching(/^[0-9]{13}$/);
    fc.assert(
      fc.property(digits, (title) => {
        expect(barcodeOf(barcodeNumber(title))).toBe(title);
      }),
      { examples: [['0000000000000'], ['9999999999999'], ['0604123456789']] },
    );
  });

  it.each(['', '978604123456', '97860412345678', '978604123456x', ' 786041234567', '９786041234567', '-786041234567'])(
    'is none of “%s”',
    (title) => {
      expect(barcodeNumber(title)).toBe(0);
    },
  );
});
