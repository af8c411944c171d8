/**
 * Remembers what was used lately: at least half of `entriesMax`, never more. Of two halves the older is forgotten as a
 * whole, since a map from which the oldest entry goes at each step has to look for it ever longer.
 */
export class Recent<Value> {
  readonly #halfMax: number;
  #younger = new Map<string, Value>();
  #older = new Map<string, Value>();

  constructor(entriesMax: number) {
    this.#halfMax = Math.ceil(entriesMax / 2);
  }

  get(key: string): Value | undefined {
    const value = this.#younger.get(key);
    if (value !== undefined) return value;
    const older = this.#older.get(key);
    if (older !== undefined) this.keep(key, older);
    return older;
  }

  keep(key: string, value: Value): void {
    if (this.#younger.size >= this.#halfMax) {
      this.#older = this.#younger;
      this.#younger = new Map();
    }
    this.#younger.set(key, value);
  }
}
