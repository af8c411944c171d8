/**
 * Copies sold by title. Nearly all titles are barcodes, and each page of postings names some hundred thousand of them
 * anew: as numbers in a table of our own they are found ten times as fast as texts in a map.
 */
export class SoldByTitle {
  readonly #others = new Map<string, number>();
  #codes = new Float64Array(1024);
  #copies = new Float64Array(1024);
  #held = 0;

  /** @param titleAt where in the text the title begins; it goes to the end */
  add(text: string, titleAt: number, copies: number): void {
    const code = barcodeIn(text, titleAt);
    if (code !== undefined) this.#addCode(code, copies);
    else if (titleAt < text.length) {
      const title = text.slice(titleAt);
      this.#others.set(title, (this.#others.get(title) ?? 0) + copies);
    }
  }

  *[Symbol.iterator](): Generator<[title: string, copies: number]> {
    yield* this.#others;
    for (const [place, code] of this.#codes.entries())
      if (code !== 0) yield [String(code - 1).padStart(digits, '0'), this.#copies[place] ?? 0];
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

const digits = 13;

/** The number of a barcode, plus one, since 0 is an empty place; undefined for any other text. */
function barcodeIn(text: string, from: number): number | undefined {
  if (text.length - from !== digits) return undefined;
  let number = 0;
  for (let index = from; index < text.length; index += 1) {
    const digit = text.charCodeAt(index) - 48;
    if (digit < 0 || digit > 9) return undefined;
    number = 10 * number + digit;
  }
  return number + 1;
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
