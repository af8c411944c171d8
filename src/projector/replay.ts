import type { Transaction } from 'kysely';
import type { FairEvent, ProjectedFact, UnknownEventType } from '../../events/catalogue.ts';
import type { StoredEvent } from '../../events/envelope.ts';
import { useGeneration } from '../../projections/generations/queries.ts';
import type { GenerationTables } from '../../projections/generations/tables.ts';
import { type Projection, readBy } from '../../projections/projection.ts';
import type { EventStore } from '../store/event-store.ts';
import { sortByClosing } from './closings.ts';
import type { ProjectorDatabase } from './database.ts';
import { type Care, Feeder } from './feed.ts';
import { emptyGeneration } from './generation.ts';
import { hold, readClosings, takeHeld, writeClosings } from './held.ts';
import { History, type Known, parkedPositions } from './history.ts';
import { type Lease, moveCheckpoint } from './lease.ts';
import { type Parked, upcastAll } from './upcasting.ts';

/** What one batch did. */
export type Applied = {
  readonly position: number;
  readonly events: number;
  readonly fairs: readonly string[];
  readonly parked: readonly Parked[];
  /** Set when the batch ends before an event that only a newer program knows. */
  readonly unknown: UnknownEventType | undefined;
};

const heldPageMax = 5000;

/** What a replay needs: the right to write, where it stands, and what it reads and feeds. */
export type ReplayStart = {
  readonly lease: Lease;
  readonly position: number;
  readonly store: Pick<EventStore, 'readAt' | 'load'>;
  readonly projections: readonly Projection[];
};

/**
 * All projections of one generation, moved on in step. It holds rows in memory between batches, so it lives as long as
 * the lease, and is thrown away with the first transaction that fails.
 */
export class Replay {
  readonly lease: Lease;
  readonly #store: Pick<EventStore, 'readAt' | 'load'>;
  readonly #feeders: readonly Feeder[];
  #closed: ReadonlyMap<string, number>;

  readonly #history: History;

  private constructor({ lease, position, store, projections }: ReplayStart, known: Known) {
    const tables = position === 0 ? 'empty' : 'filled';
    this.lease = lease;
    this.#store = store;
    this.#closed = known.closed;
    this.#history = new History(store, { ...known, position });
    this.#feeders = projections.map(
      (projection) => new Feeder(projection, { tables, before: this.#history.of(projection) }),
    );
  }

  static async open(db: ProjectorDatabase, start: ReplayStart): Promise<Replay> {
    const { generation } = start.lease;
    if (start.position === 0) await emptyGeneration(db, start);
    return new Replay(start, {
      closed: await readClosings(db, generation),
      parked: await parkedPositions(db, generation),
    });
  }

  /**
   * Folds the next events of the log and moves the checkpoint, all in the caller's transaction.
   * @param stored in log order, the first ones after position `from`
   * @throws LeaseLost
   * @throws FoldFailed when it was trusting; then it has to start again
   */
  async apply(
    transaction: Transaction<GenerationTables>,
    from: number,
    stored: readonly StoredEvent[],
    care: Care = 'careful',
  ): Promise<Applied> {
    await useGeneration(transaction, this.lease.generation);
    for (const feeder of this.#feeders) feeder.begin();
    const { events, parked, unknown, done } = upcastAll(stored);
    const allParked = [...parked, ...(await this.#feed(transaction, events, care))];
    await this.#park(transaction, allParked);
    const read = stored.slice(0, done);
    const position = read.at(-1)?.position ?? from;
    await moveCheckpoint(transaction, this.lease, { from, to: position });
    this.#history.move({ position, closed: this.#closed, parked: allParked });
    const fairs = [...new Set(read.map(({ meta }) => meta.fair))];
    return { position, events: done, fairs, parked: allParked, unknown };
  }

  /** After a transaction in which an event could not be folded, and nothing was written. */
  startAgain(): void {
    for (const feeder of this.#feeders) feeder.startAgain();
  }

  async #feed(transaction: Transaction<GenerationTables>, events: readonly FairEvent[], care: Care): Promise<Parked[]> {
    const { passing, held, reopened, closed, letThrough } = sortByClosing(events, this.#closed);
    const parked: Parked[] = [];
    // What was held stands before this batch in the log, and facts of one stream follow from each other.
    for (const [fair, cause] of reopened) parked.push(...(await this.#feedHeld(transaction, { fair, cause, care })));
    const causeOf = ({ position }: ProjectedFact) => letThrough.get(position) ?? position;
    for (const feeder of this.#feeders) {
      const read = readBy(feeder.projection, feeder.projection.frozenByClosing ? passing : events);
      parked.push(...(await feeder.feed(transaction, { events: read, causeOf, care })));
    }
    await hold(transaction, this.lease.generation, held);
    await writeClosings(transaction, this.lease.generation, { before: this.#closed, after: closed });
    this.#closed = closed;
    return parked;
  }

  /** Lets through what waited for a reopening, which is at the position `cause`. */
  async #feedHeld(
    transaction: Transaction<GenerationTables>,
    { fair, cause, care }: { readonly fair: string; readonly cause: number; readonly care: Care },
  ): Promise<Parked[]> {
    const parked: Parked[] = [];
    for (;;) {
      const page = await takeHeld(transaction, this.lease.generation, { fair, limit: heldPageMax });
      if (page.length === 0) return parked;
      const upcast = upcastAll(await this.#store.readAt(page));
      if (upcast.unknown) throw upcast.unknown;
      parked.push(...upcast.parked);
      for (const feeder of this.#feeders) {
        if (!feeder.projection.frozenByClosing) continue;
        const read = readBy(feeder.projection, upcast.events);
        parked.push(...(await feeder.feed(transaction, { events: read, causeOf: () => cause, care })));
      }
    }
  }

  async #park(transaction: Transaction<GenerationTables>, parked: readonly Parked[]): Promise<void> {
    if (parked.length === 0) return;
    const { generation } = this.lease;
    const rows = parked.map(({ event, projection, error }) => ({
      generation,
      position: event.position,
      projection,
      fair: event.meta.fair,
      type: event.type,
      error: error.slice(0, 2000),
    }));
    await transaction
      .insertInto('parked_events')
      .values(rows)
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}
