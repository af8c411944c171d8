import type { ProjectedFact } from '../events/catalogue.ts';
import type { FoldStart } from './projection.ts';

/** How the state of what is judged together comes about. */
export type StateRules<State> = {
  /** What belongs together; undefined for an event that changes nothing. All of one key stands in one stream. */
  readonly keyOf: (event: ProjectedFact) => string | undefined;
  readonly after: (before: State | undefined, event: ProjectedFact) => State;
  /** In facts, to bound what is kept in memory. */
  readonly sizeOf: (state: State) => number;
};

/** The streams that go on with these events, of which something may have been fed before. */
export function streamsGoingOn(events: Iterable<Pick<ProjectedFact, 'stream' | 'version'>>): Set<string> {
  const met = new Set<string>();
  const goingOn = new Set<string>();
  for (const { stream, version } of events) {
    if (met.has(stream)) continue;
    met.add(stream);
    if (version > 1) goingOn.add(stream);
  }
  return goingOn;
}

/** States of streams in memory; those that are not are made from the log again, which has all their facts anyway. */
export class StreamStates<State extends { readonly fair: string }> {
  readonly #start: FoldStart;
  readonly #rules: StateRules<State>;
  readonly #factsMax: number;
  /** What was put lately, and what was put before that and not since, which is forgotten first. */
  #states = new Map<string, State>();
  #older = new Map<string, State>();
  /** Facts and states in `#states`. */
  #held = 0;
  /** Nothing was fed that is not in memory. */
  #isWhole: boolean;

  constructor(start: FoldStart, rules: StateRules<State>) {
    this.#start = start;
    this.#rules = rules;
    this.#factsMax = start.factsMax ?? 400_000;
    this.#isWhole = start.tables === 'empty';
  }

  get isWhole(): boolean {
    return this.#isWhole;
  }

  get(key: string): State | undefined {
    return this.#states.get(key) ?? (this.#older.size > 0 ? this.#older.get(key) : undefined);
  }

  put(key: string, state: State): void {
    const before = this.#states.get(key);
    this.#held += this.#rules.sizeOf(state) - (before ? this.#rules.sizeOf(before) : -1);
    this.#states.set(key, state);
  }

  /** All in memory that are of a fair. */
  *of(fair: string): Iterable<readonly [key: string, state: State]> {
    for (const entry of this.#states) if (entry[1].fair === fair) yield entry;
    for (const entry of this.#older) if (entry[1].fair === fair && !this.#states.has(entry[0])) yield entry;
  }

  /**
   * Makes those that were fed something in these streams.
   * @param judged a state made of its events, as it counts
   */
  async load(streams: Iterable<string>, judged: (state: State) => State): Promise<void> {
    if (this.#isWhole) return;
    const missing = [...streams].filter((stream) => this.get(stream) === undefined);
    if (missing.length === 0) return;
    const made = new Map<string, State>();
    for (const events of (await this.#start.earlier.inStreams(missing)).values()) {
      for (const event of events) {
        const key = this.#rules.keyOf(event);
        if (key !== undefined && this.get(key) === undefined) made.set(key, this.#rules.after(made.get(key), event));
      }
    }
    for (const [key, state] of made) this.put(key, judged(state));
  }

  /** Called between batches: of what is too much, forgets what was put least lately. */
  forget(): void {
    if (this.#held <= this.#factsMax / 2) return;
    if (this.#older.size > 0) this.#isWhole = false;
    this.#older = this.#states;
    this.#states = new Map();
    this.#held = 0;
  }
}
