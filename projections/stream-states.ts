import type { FairEvent } from '../events/catalogue.ts';
import type { FoldStart } from './projection.ts';

/** How the state of what is judged together comes about. */
export type StateRules<State> = {
  /** What belongs together; undefined for an event that changes nothing. All of one key stands in one stream. */
  readonly keyOf: (event: FairEvent) => string | undefined;
  readonly after: (before: State | undefined, event: FairEvent) => State;
  /** In facts, to bound what is kept in memory. */
  readonly sizeOf: (state: State) => number;
};

/** States of streams in memory; those that are not are made from the log again, which has all their facts anyway. */
export class StreamStates<State extends { readonly fair: string }> {
  readonly #start: FoldStart;
  readonly #rules: StateRules<State>;
  readonly #factsMax: number;
  #states = new Map<string, State>();
  #held = 0;
  /** Nothing was fed that is not in memory. */
  #isWhole: boolean;

  /** @param options.factsMax in memory between batches */
  constructor(start: FoldStart, rules: StateRules<State>, { factsMax = 400_000 }: { readonly factsMax?: number } = {}) {
    this.#start = start;
    this.#rules = rules;
    this.#factsMax = factsMax;
    this.#isWhole = start.tables === 'empty';
  }

  get isWhole(): boolean {
    return this.#isWhole;
  }

  get(key: string): State | undefined {
    return this.#states.get(key);
  }

  put(key: string, state: State): void {
    const before = this.#states.get(key);
    this.#held += this.#rules.sizeOf(state) + 1 - (before ? this.#rules.sizeOf(before) + 1 : 0);
    this.#states.set(key, state);
  }

  /** All in memory that are of a fair. */
  *of(fair: string): Iterable<readonly [key: string, state: State]> {
    for (const entry of this.#states) if (entry[1].fair === fair) yield entry;
  }

  /**
   * Makes those that were fed something in these streams.
   * @param judged a state made of its events, as it counts
   */
  async load(streams: Iterable<string>, judged: (state: State) => State): Promise<void> {
    if (this.#isWhole) return;
    const missing = [...streams].filter((stream) => !this.#states.has(stream));
    if (missing.length === 0) return;
    const made = new Map<string, State>();
    for (const events of (await this.#start.earlier.inStreams(missing)).values()) {
      for (const event of events) {
        const key = this.#rules.keyOf(event);
        if (key !== undefined && !this.#states.has(key)) made.set(key, this.#rules.after(made.get(key), event));
      }
    }
    for (const [key, state] of made) this.put(key, judged(state));
  }

  /** Called when a batch is written. */
  forget(): void {
    if (this.#held <= this.#factsMax) return;
    this.#states = new Map();
    this.#held = 0;
    this.#isWhole = false;
  }
}
