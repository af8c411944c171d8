import { barcodeOf } from '../../../projections/books/queries/barcodes.ts';
import { NumberSums } from '../../../projections/number-sums.ts';

/** Copies sold by title, nearly all of which are barcodes. */
export class SoldByTitle {
  readonly #barcodes = new NumberSums();
  readonly #others = new Map<string, number>();

  /**
   * @param barcode its number, or 0
   * @param title what is sold where it has no barcode; nothing is remembered of what is neither
   */
  add(barcode: number, title: string, copies: number): void {
    if (barcode !== 0) this.#barcodes.add(barcode, copies);
    else if (title !== '') this.#others.set(title, (this.#others.get(title) ?? 0) + copies);
  }

  *[Symbol.iterator](): Generator<[title: string, copies: number]> {
    yield* this.#others;
    for (const [barcode, copies] of this.#barcodes) yield [barcodeOf(barcode), copies];
  }
}
