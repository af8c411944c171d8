import { sql, type Transaction } from 'kysely';
import type { GenerationTables } from '../../projections/generations/tables.ts';
import { currentGeneration } from '../../projections/generations/queries.ts';
import type { Projection } from '../../projections/projection.ts';
import type { EventStore } from '../store/event-store.ts';
import { applyBatch } from './apply-batch.ts';
import type { ProjectorDatabase } from './database.ts';
import { createBuilding, lockChoice } from './generation.ts';
import { endIfSilent, holdLease, releaseLease } from './lease.ts';
import { prepare, publish } from './publish.ts';
import { type Applied, Replay } from './replay.ts';

export type RebuildProgress = { readonly position: number; readonly head: number; readonly eventsPerSecond: number };

export type RebuildOptions = {
  readonly db: ProjectorDatabase;
  readonly store: Pick<EventStore, 'read' | 'readAt' | 'head'>;
  readonly projections: readonly Projection[];
  /** Names who rebuilds, in the lease of the new generation. */
  readonly holder: string;
  readonly batchMax?: number;
  readonly onProgress?: (progress: RebuildProgress) => void;
};

export type Rebuilt = {
  readonly generation: number;
  readonly position: number;
  readonly parked: number;
  /** The generation that was read until now; undefined where there was none. */
  readonly replaced: number | undefined;
};

/**
 * Replays the log into a new generation beside the living one, and lets readers pass over to it in one transaction:
 * nobody waits, and nobody sees a mixture or an earlier position than before. Of two at once, one follows the other.
 * @throws UnknownEventType where a newer program has written
 */
export async function rebuild(options: RebuildOptions): Promise<Rebuilt> {
  const { db, store, projections, holder } = options;
  const lease = await createBuilding(db, { projections, holder });
  const replay = await Replay.open(db, { lease, position: 0, store, projections });
  const builder = new Builder(options, replay);
  await builder.catchUp();
  await prepare(db, { lease, projections });
  await builder.catchUp();
  const replaced = await builder.replaceCurrent();
  await releaseLease(db, lease);
  return { generation: lease.generation, position: builder.position, parked: builder.parked, replaced };
}

/** Nobody waits for a generation that is being built. */
const silentSecondsMax = 600;
/** Everybody waits for the living one; longer than the store is patient. */
const replacingSilentSeconds = 30;

class Builder {
  readonly #options: RebuildOptions;
  readonly #replay: Replay;
  readonly #startedAt = performance.now();
  position = 0;
  parked = 0;

  constructor(options: RebuildOptions, replay: Replay) {
    this.#options = options;
    this.#replay = replay;
  }

  /** Up to the end of the log as it is now. */
  async catchUp(): Promise<void> {
    const { db, store, batchMax = 5000, onProgress } = this.#options;
    for (;;) {
      const events = await store.read(this.position, batchMax);
      if (events.length === 0) return;
      this.#note(await applyBatch(db, this.#replay, { from: this.position, events, silentSecondsMax }));
      const seconds = (performance.now() - this.#startedAt) / 1000;
      onProgress?.({
        position: this.position,
        head: await store.head(),
        eventsPerSecond: Math.round(this.position / seconds),
      });
      // Facts may come all the time; the last ones are counted while the living generation is held still.
      if (events.length < batchMax) return;
    }
  }

  /** While it holds the living generation still, which is for the last few events only. */
  replaceCurrent(): Promise<number | undefined> {
    const { db, store, batchMax = 5000 } = this.#options;
    const { lease } = this.#replay;
    return db.transaction().execute(async (transaction) => {
      await endIfSilent(transaction, replacingSilentSeconds);
      await holdLease(transaction, lease);
      await lockChoice(transaction);
      const living = await lockCurrent(transaction);
      const target = living?.position ?? 0;
      while (this.position < target) {
        const events = await store.read(this.position, batchMax);
        if (events.length === 0) throw new Error(`the log ends at ${this.position}, before the figures at ${target}`);
        this.#note(await this.#replay.apply(transaction, this.position, events));
      }
      if (living) await retire(transaction, living.generation);
      await publish(transaction, { lease, position: this.position });
      return living?.generation;
    });
  }

  #note(applied: Applied): void {
    if (applied.unknown) throw applied.unknown;
    this.position = applied.position;
    this.parked += applied.parked.length;
  }
}

/** Its runner cannot move it on before this transaction ends; which one it is must be settled. */
async function lockCurrent(
  transaction: Transaction<GenerationTables>,
): Promise<{ readonly generation: number; readonly position: number } | undefined> {
  const current = await currentGeneration(transaction);
  return (
    current &&
    transaction
      .selectFrom('projection_generations')
      .select(['generation', 'position'])
      .where('generation', '=', current.generation)
      .forUpdate()
      .executeTakeFirst()
  );
}

const retire = (transaction: Transaction<GenerationTables>, generation: number) =>
  transaction
    .updateTable('projection_generations')
    .set({ state: 'retired', retired_at: sql<Date>`clock_timestamp()`, holder: null })
    .where('generation', '=', generation)
    .execute();
