/**
 * What is added to each of very many whole numbers above 0. In a table of plain numbers they are found several times as
 * fast as in a map, which reads memory in five places where this reads one.
 */
export class NumberSums {
  /** 0 is an empty place. */
  #numbers = new Float64Array(placesMin);
  #sums = new Float64Array(placesMin);
  #held = 0;

  add(number: number, amount: number): void {
    if (2 * this.#held > this.#numbers.length) this.#grow();
    const place = placeOf(this.#numbers, number);
    if (this.#numbers[place] === 0) this.#held += 1;
    this.#numbers[place] = number;
    this.#sums[place] = (this.#sums[place] ?? 0) + amount;
  }

  /** @returns false where nothing was added to the number before, and nothing is now */
  addToKnown(number: number, amount: number): boolean {
    const place = placeOf(this.#numbers, number);
    if (this.#numbers[place] === 0) return false;
    this.#sums[place] = (this.#sums[place] ?? 0) + amount;
    return true;
  }

  /** In no order. */
  *[Symbol.iterator](): Generator<[number: number, sum: number]> {
    for (const [place, number] of this.#numbers.entries()) if (number !== 0) yield [number, this.#sums[place] ?? 0];
  }

  #grow(): void {
    const [numbers, sums] = [this.#numbers, this.#sums];
    this.#numbers = new Float64Array(4 * numbers.length);
    this.#sums = new Float64Array(4 * numbers.length);
    for (const [from, number] of numbers.entries()) {
      if (number === 0) continue;
      const place = placeOf(this.#numbers, number);
      this.#numbers[place] = number;
      this.#sums[place] = sums[from] ?? 0;
    }
  }
}

/** A power of two, as all that it grows to. */
const placesMin = 1024;

/** Where a number stands, or may stand: half of the places are empty. */
function placeOf(numbers: Float64Array, number: number): number {
  let place = Math.imul(number % 2 ** 32, 0x9e3779b1) >>> 0;
  for (;;) {
    place &= numbers.length - 1;
    const there = numbers[place];
    if (there === number || there === 0) return place;
    place += 1;
  }
}
