import { hash } from 'node:crypto';

export type NonEmpty<Item> = readonly [Item, ...Item[]];

/**
 * A reproducible source of chance: the same seed and purpose give the same numbers on every machine, and what one
 * purpose draws changes nothing for another. The generator is mulberry32, good enough for a fair and nothing else.
 */
export class Chance {
  #state: number;

  constructor(seed: string, purpose: string) {
    this.#state = Number.parseInt(hash('sha256', `${seed}\n${purpose}`, 'hex').slice(0, 8), 16);
  }

  /** A number from 0 up to, but not including, 1. */
  fraction(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
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
}
