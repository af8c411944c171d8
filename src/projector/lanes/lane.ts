import type { QueryExecutorProvider } from 'kysely';
import { type ProjectedFact, toFairEvent } from '../../../events/catalogue.ts';
import { type Fold, type FoldStart, type Projection, readBy } from '../../../projections/projection.ts';
import type { EventStore } from '../../store/event-store.ts';
import { type Held, sortByClosing } from '../closings.ts';
import { History } from '../history.ts';

export type LaneStart = Pick<FoldStart, 'factsMax' | 'firstPage'> & {
  readonly projections: readonly Projection[];
  readonly store: Pick<EventStore, 'load' | 'readAt'>;
};

/** What a lane leaves behind beside its tables. */
export type LaneEnd = {
  /** Closed fairs, with the position of the closing. */
  readonly closed: ReadonlyMap<string, number>;
  readonly held: readonly Held[];
};

/**
 * Folds some projections from the first event on, into tables that are empty, and writes now and then. It parks
 * nothing: the first error ends it, and whoever began it folds everything the careful way instead.
 */
export class LaneFold {
  readonly #folds: readonly { readonly projection: Projection; readonly fold: Fold }[];
  readonly #store: LaneStart['store'];
  readonly #history: History;
  #closed: ReadonlyMap<string, number> = new Map();
  #held: readonly Held[] = [];

  constructor({ projections, store, ...start }: LaneStart) {
    this.#store = store;
    const history = new History(store, { closed: new Map(), parked: new Map(), position: 0 });
    this.#history = history;
    this.#folds = projections.map((projection) => {
      const { inStreams, streamsAt } = history.of(projection);
      const earlier = { inStreams: (streams: readonly string[]) => inStreams(streams, () => false), streamsAt };
      return { projection, fold: projection.open({ tables: 'empty', earlier, ...start }) };
    });
  }

  /** @param events in log order, after all that were taken before */
  async take(db: QueryExecutorProvider, events: readonly ProjectedFact[]): Promise<void> {
    const { passing, held, reopened, letThrough, closed } = sortByClosing(events, this.#closed);
    for (const [fair, cause] of reopened) await this.#takeHeld(db, fair, cause);
    const causeOf = ({ position }: ProjectedFact) => letThrough.get(position) ?? position;
    for (const { projection, fold } of this.#folds)
      await feed(fold, db, readBy(projection, projection.frozenByClosing ? passing : events), causeOf);
    if (held.length > 0) this.#held = [...this.#held, ...held];
    this.#closed = closed;
    this.#history.move({ position: events.at(-1)?.position ?? 0, closed, parked: [] });
  }

  /** Writes what changed since it wrote last. @param db on a search path that begins with the generation's schema */
  async save(db: QueryExecutorProvider): Promise<LaneEnd> {
    for (const { fold } of this.#folds) await fold.save(db);
    return { closed: this.#closed, held: this.#held };
  }

  async #takeHeld(db: QueryExecutorProvider, fair: string, cause: number): Promise<void> {
    const isOf = (held: Held) => held.fair === fair;
    const positions = this.#held.filter(isOf).map(({ position }) => position);
    this.#held = this.#held.filter((held) => !isOf(held));
    const events = (await this.#store.readAt(positions)).map(toFairEvent);
    for (const { projection, fold } of this.#folds)
      if (projection.frozenByClosing) await feed(fold, db, readBy(projection, events), () => cause);
  }
}

async function feed(
  fold: Fold,
  db: QueryExecutorProvider,
  events: readonly ProjectedFact[],
  causeOf: (event: ProjectedFact) => number,
): Promise<void> {
  if (events.length === 0) return;
  fold.take(events, causeOf);
  await fold.load(db);
  for (const _ of fold.apply() ?? []);
}
