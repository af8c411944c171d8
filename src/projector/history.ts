import { type FairEvent, toFairEvent } from '../../events/catalogue.ts';
import type { StoredEvent } from '../../events/envelope.ts';
import type { Projection } from '../../projections/projection.ts';
import type { EventStore } from '../store/event-store.ts';
import type { ProjectorDatabase } from './database.ts';
import type { FedBefore } from './feed.ts';
import type { Parked } from './upcasting.ts';

/** What a generation has left out so far: by fair the closing that holds facts back, by projection what is parked. */
export type Known = {
  readonly closed: ReadonlyMap<string, number>;
  readonly parked: ReadonlyMap<string, ReadonlySet<number>>;
};

/** Which facts of the log a projection was fed before the transaction that goes on. */
export class History {
  readonly #store: Pick<EventStore, 'readAt' | 'load'>;
  readonly #parked = new Map<string, Set<number>>();
  #closed: Known['closed'];
  #position: number;

  constructor(store: Pick<EventStore, 'readAt' | 'load'>, { closed, parked, position }: Known & { position: number }) {
    this.#store = store;
    this.#closed = closed;
    this.#position = position;
    for (const [projection, positions] of parked) this.#parked.set(projection, new Set(positions));
  }

  /** Called at the end of a transaction; whoever made it fail throws all of this away. */
  move({
    position,
    closed,
    parked,
  }: Pick<Known, 'closed'> & { readonly position: number; readonly parked: readonly Parked[] }): void {
    this.#position = position;
    this.#closed = closed;
    for (const { projection, event } of parked)
      this.#parked.set(projection, (this.#parked.get(projection) ?? new Set()).add(event.position));
  }

  of(projection: Projection): FedBefore {
    return {
      inStreams: async (streams, isFedNow) => {
        const isFed = (event: StoredEvent) =>
          !this.#isParked(projection.name, event) &&
          (event.position <= this.#fedUpTo(projection, event.meta.fair) || isFedNow(event.position));
        return this.#load(streams, isFed);
      },
      streamsAt: async (positions) => {
        const streams = new Set<string>();
        for (let from = 0; from < positions.length; from += atOnce)
          for (const { stream } of await this.#store.readAt(positions.slice(from, from + atOnce))) streams.add(stream);
        return [...streams];
      },
    };
  }

  async #load(
    streams: readonly string[],
    isFed: (event: StoredEvent) => boolean,
  ): Promise<ReadonlyMap<string, readonly FairEvent[]>> {
    const found = new Map<string, readonly FairEvent[]>();
    for (let from = 0; from < streams.length; from += atOnce) {
      const asked = streams.slice(from, from + atOnce).map((stream) => ({ stream, afterVersion: 0 }));
      const answers = await this.#store.load(asked);
      for (const [index, { stream }] of asked.entries()) {
        const fed = (answers[index] ?? []).filter(isFed).map(toFairEvent);
        if (fed.length > 0) found.set(stream, fed);
      }
    }
    return found;
  }

  #isParked(projection: string, { position }: StoredEvent): boolean {
    return this.#parked.get(projection)?.has(position) === true || this.#parked.get('upcast')?.has(position) === true;
  }

  #fedUpTo({ frozenByClosing }: Projection, fair: string): number {
    return (frozenByClosing ? this.#closed.get(fair) : undefined) ?? this.#position;
  }
}

/** Asked for in one statement; gates ask for streams beside it. */
const atOnce = 500;

export async function parkedPositions(db: ProjectorDatabase, generation: number): Promise<Known['parked']> {
  const rows = await db
    .selectFrom('parked_events')
    .select(['projection', 'position'])
    .where('generation', '=', generation)
    .execute();
  const byProjection = Map.groupBy(rows, ({ projection }) => projection);
  return new Map([...byProjection].map(([name, found]) => [name, new Set(found.map(({ position }) => position))]));
}
