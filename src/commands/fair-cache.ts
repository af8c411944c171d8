import { type FairEvent, toFairEvent } from '../../events/catalogue.ts';
import { evolveFair, type FairState, unknownFair } from '../domain/fair.ts';
import type { EventStore } from '../store/event-store.ts';
import { fairStream } from './ids.ts';

/** A fair as its stream says up to a version. */
export type KnownFair = { readonly version: number; readonly state: FairState };

/**
 * Fairs as last seen in the log. Every load asks the log for what came after, in the same statement as the command's
 * own stream, so a decision never rests on a stale fair.
 */
export class FairCache {
  readonly #known = new Map<string, KnownFair>();
  readonly #fairsMax: number;

  constructor({ fairsMax }: { fairsMax: number } = { fairsMax: 2000 }) {
    this.#fairsMax = fairsMax;
  }

  /** The fair now, and all events of one more stream. */
  async loadWith(store: EventStore, fair: string, stream: string): Promise<{ fair: KnownFair; events: FairEvent[] }> {
    const known = this.#known.get(fair) ?? { version: 0, state: unknownFair };
    const [tail = [], events = []] = await store.load([
      { stream: fairStream(fair), afterVersion: known.version },
      { stream, afterVersion: 0 },
    ]);
    return { fair: this.#advance(fair, known, tail.map(toFairEvent)), events: events.map(toFairEvent) };
  }

  /** The fair now. */
  async load(store: EventStore, fair: string): Promise<FairState> {
    const known = this.#known.get(fair) ?? { version: 0, state: unknownFair };
    const [tail = []] = await store.load([{ stream: fairStream(fair), afterVersion: known.version }]);
    return this.#advance(fair, known, tail.map(toFairEvent)).state;
  }

  /** The fair as it was last seen here, which may be no longer so: only the log can tell. */
  lastSeen(fair: string): KnownFair | undefined {
    return this.#known.get(fair);
  }

  /** The public half of a fair's pass key, which never changes; undefined where there is no such fair. */
  async passKeyOf(store: EventStore, fair: string): Promise<string | undefined> {
    const state = this.#known.get(fair)?.state ?? (await this.load(store, fair));
    return state.status === 'unknown' ? undefined : state.passKey;
  }

  #advance(fair: string, known: KnownFair, tail: readonly FairEvent[]): KnownFair {
    if (tail.length === 0) return known;
    const advanced = { version: known.version + tail.length, state: tail.reduce(evolveFair, known.state) };
    const newest = this.#known.get(fair);
    if (!newest || newest.version < advanced.version) this.#keep(fair, advanced);
    return advanced;
  }

  /** The oldest entry makes room: anybody may ask for a fair, known or not. */
  #keep(fair: string, known: KnownFair): void {
    const [oldest] = this.#known.keys();
    if (this.#known.size >= this.#fairsMax && oldest !== undefined && !this.#known.has(fair))
      this.#known.delete(oldest);
    this.#known.set(fair, known);
  }
}
