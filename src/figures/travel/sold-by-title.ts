import { barcodeOf } from '../../../projections/books/queries/barcodes.ts';

/**
 * Copies sold by title. Nearly all titles are barcodes, of which there are some hundred thousand: in a table of our own
 * numbers are found several times as fast as in a map.
 */
export class SoldByTitle {
  readonly #others = new Map<string, number>();
  /** 0 is an empty place. */
  #codes = new Float64Array(1024);
  #copies = new Float64Array(1024);
  #held = 0;

  /**
   * @param barcode its number, or 0
   * @param title what is sold where it has no barcode; nothing is remembered of what is neither
   */
  add(barcode: number, title: string, copies: number): void {
    if (barcode !== 0) this.#addCode(barcode, copies);
    else if (title !== '') this.#others.set(title, (this.#others.get(title) ?? 0) + copies);
  }

  *[Symbol.iterator](): Generator<[title: string, copies: number]> {
    yield* this.#others;
    for (const [place, code] of this.#codes.entries())
      if (code !== 0) yield [barcodeOf(code), this.#copies[place] ?? 0];
  }

  #addCode(code: number, copies: number): void {
    if (2 * this.#held > this.#codes.length) this.#grow();
    const place = placeOf(this.#codes, code);
    if (this.#codes[place] === 0) this.#held += 1;
    this.#codes[place] = code;
    this.#copies[place] = (this.#copies[place] ?? 0) + copies;
  }

  #grow(): void {
    const [codes, copies] = [this.#codes, this.#copies];
    this.#codes = new Float64Array(4 * codes.length);
    this.#copies = new Float64Array(4 * codes.length);
    for (const [from, code] of codes.entries()) {
      if (code === 0) continue;
      const place = placeOf(this.#codes, code);
      this.#codes[place] = code;
      this.#copies[place] = copies[from] ?? 0;
    }
  }
}

/** Where a code stands, or may stand: half of the places are empty, whose number is a power of two. */
function placeOf(codes: Float64Array, code: number): number {
  let place = Math.imul(code % 2 ** 32, 0x9e3779b1) >>> 0;
  for (;;) {
    place &= codes.length - 1;
    const there = codes[place];
    if (there === code || there === 0) return place;
    place += 1;
  }
}
