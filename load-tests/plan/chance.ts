export type NonEmpty<Item> = readonly [Item, ...Item[]];

/**
 * A reproducible source of chance, on Node and in k6 alike: the same seed and purpose give the same numbers, and what
 * one purpose draws changes nothing for another. The generator is sfc32 (PractRand's small fast counter), seeded by FNV-1a.
 */
export class Chance {
  readonly #state: [number, number, number, number];

  constructor(seed: string, purpose: string) {
    this.#state = [fnv1a(`${seed}\n${purpose}`), fnv1a(`${purpose}\n${seed}`), 0x9e3779b9, 1];
    for (let turn = 0; turn < 12; turn += 1) this.#word();
  }

  /** A number from 0 up to, but not including, 1. */
  fraction(): number {
    return this.#word() / 2 ** 32;
  }

  /** A whole number, both ends included. */
  between(min: number, max: number): number {
    return min + Math.floor(this.fraction() * (max - min + 1));
  }

  happens(probability: number): boolean {
    return this.fraction() < probability;
  }

  pick<Item>(items: NonEmpty<Item>): Item {
    return items[this.between(0, items.length - 1)] ?? items[0];
  }

  /** One of many where there may be none. */
  pickAny<Item>(items: readonly Item[]): Item | undefined {
    return items[this.between(0, items.length - 1)];
  }

  /** Picks by weight; the weights need not add up to anything. */
  weighted<Item>(choices: NonEmpty<readonly [item: Item, weight: number]>): Item {
    const total = choices.reduce((sum, [, weight]) => sum + weight, 0);
    let left = this.fraction() * total;
    for (const [item, weight] of choices) {
      left -= weight;
      if (left < 0) return item;
    }
    return choices[0][0];
  }

  /** A new list in another order. */
  shuffled<Item>(items: readonly Item[]): Item[] {
    const keyed = items.map((item) => ({ item, key: this.fraction() }));
    return keyed.sort((a, b) => a.key - b.key).map(({ item }) => item);
  }

  /** A UUIDv7 (RFC 9562) of that moment. @param moment in ms since 1970 */
  id(moment: number): string {
    const time = Math.floor(moment).toString(16).padStart(12, '0');
    const [a, b, c] = [this.#hex(), this.#hex(), this.#hex()];
    const variant = ((this.#word() & 0x3) | 0x8).toString(16);
    return `${time.slice(0, 8)}-${time.slice(8)}-7${a.slice(0, 3)}-${variant}${a.slice(3, 6)}-${b}${c.slice(0, 4)}`;
  }

  #hex(): string {
    return this.#word().toString(16).padStart(8, '0');
  }

  /** The next 32 bits. */
  #word(): number {
    const [a, b, c, counter] = this.#state;
    const word = (((a + b) | 0) + counter) | 0;
    this.#state[0] = b ^ (b >>> 9);
    this.#state[1] = (c + (c << 3)) | 0;
    this.#state[2] = (((c << 21) | (c >>> 11)) + word) | 0;
    this.#state[3] = (counter + 1) | 0;
    return word >>> 0;
  }
}

function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}
