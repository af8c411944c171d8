import type { FairEvent } from '../../events/catalogue.ts';
import type { FoldStart } from '../projection.ts';
import { gateFactOf, gateMarkOf } from './facts.ts';
import type { GateFact, Mark, PassNote } from './tables.ts';
import { noteAfter, noteOf } from './pass-notes.ts';

/** What is judged together: the facts of a pass, of a group, or one by itself, and what was said of them. */
export type Bearer = {
  readonly fair: string;
  /** As they were judged last, which is how they count; in no order. */
  readonly facts: readonly GateFact[];
  /** Not judged yet. */
  readonly fresh: readonly GateFact[];
  readonly marks: readonly Mark[];
  readonly note: PassNote | undefined;
};

/** What an event brings to its bearer. */
export type Bringing = {
  readonly fact: GateFact | undefined;
  readonly mark: Mark | undefined;
  readonly isNote: boolean;
};

/** @returns undefined for an event that is about nobody at the gates */
export function bringingOf(event: FairEvent): Bringing | undefined {
  const fact = gateFactOf(event);
  const mark = fact ? undefined : gateMarkOf(event);
  const isNote = event.type === 'PassIssued' || event.type === 'PassRevoked';
  return fact || mark || isNote ? { fact, mark, isNote } : undefined;
}

/** A bearer's facts all stand in one stream; a correction stands alone, among all else that is said of its fair. */
export const bearerKey = ({ type, stream, id }: FairEvent): string =>
  type === 'CorrectionRecorded' ? `${stream} ${id}` : stream;

/** Bearers in memory; those that are not are made from the log again. */
export class Bearers {
  readonly #start: FoldStart;
  readonly #factsMax: number;
  #bearers = new Map<string, Bearer>();
  #held = 0;
  /** Nobody was fed anything that is not in memory. */
  #isWhole: boolean;

  /** @param options.factsMax in memory between batches */
  constructor(start: FoldStart, { factsMax = 400_000 }: { readonly factsMax?: number } = {}) {
    this.#start = start;
    this.#factsMax = factsMax;
    this.#isWhole = start.tables === 'empty';
  }

  get isWhole(): boolean {
    return this.#isWhole;
  }

  get(key: string): Bearer | undefined {
    return this.#bearers.get(key);
  }

  put(key: string, bearer: Bearer): void {
    this.#held += bearer.facts.length - (this.#bearers.get(key)?.facts.length ?? -1);
    this.#bearers.set(key, bearer);
  }

  /** All in memory that are of a fair. */
  *of(fair: string): Iterable<readonly [key: string, bearer: Bearer]> {
    for (const entry of this.#bearers) if (entry[1].fair === fair) yield entry;
  }

  /**
   * Makes those of these streams that were fed something.
   * @param judged a bearer with what is fresh judged as it was counted
   */
  async load(streams: readonly string[], judged: (bearer: Bearer) => Bearer): Promise<void> {
    if (this.#isWhole) return;
    const missing = streams.filter((stream) => !this.#bearers.has(stream));
    if (missing.length === 0) return;
    const made = new Map<string, Bearer>();
    for (const events of (await this.#start.earlier.inStreams(missing)).values()) {
      for (const event of events) {
        const bringing = bringingOf(event);
        const key = bearerKey(event);
        if (bringing && !this.#bearers.has(key)) made.set(key, withBringing(made.get(key), event, bringing));
      }
    }
    for (const [key, bearer] of made) this.put(key, judged(bearer));
  }

  /** Called when a batch is written. */
  forget(): void {
    if (this.#held <= this.#factsMax) return;
    this.#bearers = new Map();
    this.#held = 0;
    this.#isWhole = false;
  }
}

/** The same fact twice is one. */
export function withBringing(before: Bearer | undefined, event: FairEvent, { fact, mark, isNote }: Bringing): Bearer {
  const bearer = before ?? { fair: event.meta.fair, facts: [], fresh: [], marks: [], note: undefined };
  if (fact) {
    const isThere = [...bearer.facts, ...bearer.fresh].some(({ kind, id }) => kind === fact.kind && id === fact.id);
    return isThere ? bearer : { ...bearer, fresh: [...bearer.fresh, fact] };
  }
  if (mark) return { ...bearer, marks: [...bearer.marks, mark] };
  const note = isNote ? (bearer.note ?? noteOf(event)) : undefined;
  return note ? { ...bearer, note: noteAfter(note, event) } : bearer;
}
