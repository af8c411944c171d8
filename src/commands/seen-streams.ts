/** In bits; 2 MB. With 500.000 streams in it one of 5.000 others is taken for seen, with a million one of 500. */
const size = 2 ** 24;
const streamsMax = 1_000_000;
/** Hexadecimal digits that make a number below `size`. */
const digits = 6;

/**
 * Which streams were seen to have facts in them: a Bloom filter, since there is one stream for each visitor. It may take
 * one for seen that was not, and forgets all of them when it is full. A stream's name ends in a hash of what it is about
 * (ids.ts), so that nothing has to be hashed again.
 */
export class SeenStreams {
  readonly #bits = new Uint8Array(size / 8);
  readonly #streamsMax: number;
  #streams = 0;

  constructor(options: { readonly streamsMax?: number } = {}) {
    this.#streamsMax = options.streamsMax ?? streamsMax;
  }

  add(stream: string): void {
    if (this.#streams >= this.#streamsMax) {
      this.#bits.fill(0);
      this.#streams = 0;
    }
    this.#streams += 1;
    for (const place of placesOf(stream)) this.#bits[place >>> 3] = (this.#bits[place >>> 3] ?? 0) | (1 << (place & 7));
  }

  has(stream: string): boolean {
    return placesOf(stream).every((place) => ((this.#bits[place >>> 3] ?? 0) & (1 << (place & 7))) !== 0);
  }
}

/** As many places as two numbers give: those, and their sum and difference. */
function placesOf(stream: string): readonly number[] {
  const one = Number.parseInt(stream.slice(-2 * digits, -digits), 16);
  const other = Number.parseInt(stream.slice(-digits), 16);
  return [one, other, (one + other) % size, (one - other + size) % size];
}
