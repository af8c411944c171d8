import { type FairEvent, toFairEvent } from '../../../events/catalogue.ts';
import type { StoredEvent } from '../../../events/envelope.ts';
import type { ParkedEvent } from '../../../projections/generations/queries.ts';
import type { EventStore } from '../../store/event-store.ts';

/** Asked for in one statement; gates ask beside it. */
const atOnce = 500;

type Left = Pick<ParkedEvent, 'position' | 'projection'>;

/** What the log says of one fair, but for what could not be counted. */
export class FairLog {
  readonly #log: Pick<EventStore, 'readAt' | 'load'>;
  /** By projection. */
  readonly #parked: ReadonlyMap<string, ReadonlySet<number>>;

  constructor(log: Pick<EventStore, 'readAt' | 'load'>, parked: readonly Left[]) {
    this.#log = log;
    const byProjection = Map.groupBy(parked, ({ projection }) => projection);
    this.#parked = new Map(
      [...byProjection].map(([name, all]) => [name, new Set(all.map(({ position }) => position))]),
    );
  }

  /** The events at these positions, in log order. */
  async at(positions: readonly number[]): Promise<FairEvent[]> {
    const found: StoredEvent[] = [];
    for (const some of pagesOf(positions)) found.push(...(await this.#log.readAt(some)));
    return this.#understood(found);
  }

  /** Everything that stands in these streams, in log order. */
  async inStreams(streams: readonly string[]): Promise<FairEvent[]> {
    const found: StoredEvent[] = [];
    for (const some of pagesOf(streams))
      for (const events of await this.#log.load(some.map((stream) => ({ stream, afterVersion: 0 }))))
        for (const event of events) found.push(event);
    return this.#understood(found);
  }

  /** Those that a projection took in. */
  takenBy(projection: string, events: readonly FairEvent[]): FairEvent[] {
    return events.filter(({ position }) => this.#parked.get(projection)?.has(position) !== true);
  }

  #understood(events: readonly StoredEvent[]): FairEvent[] {
    return events
      .filter(({ position }) => this.#parked.get('upcast')?.has(position) !== true)
      .map(toFairEvent)
      .sort((a, b) => a.position - b.position);
  }
}

function* pagesOf<Item>(items: readonly Item[]): Generator<Item[]> {
  for (let from = 0; from < items.length; from += atOnce) yield items.slice(from, from + atOnce);
}
