import { sql, type Transaction } from 'kysely';
import type { GenerationTables } from '../../projections/generations/tables.ts';
import { currentGeneration, useGeneration } from '../../projections/generations/queries.ts';
import type { Projection } from '../../projections/projection.ts';
import type { EventStore } from '../store/event-store.ts';
import { changePayload, figuresChannel } from './changes.ts';
import type { ProjectorDatabase } from './database.ts';
import { createBuilding, lockChoice, prepareGeneration } from './generation.ts';
import { beat, type Lease, releaseLease, takeLease } from './lease.ts';
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
  const generation = await createBuilding(db, projections);
  const taken = await takeLease(db, { generation, holder, staleSeconds: 0 });
  if (!taken) throw new Error(`generation ${generation} was taken away from who made it`);
  const replay = await Replay.open(db, { ...taken, store, projections });
  const builder = new Builder(options, { ...taken, replay });
  await builder.catchUp();
  await builder.prepare();
  await builder.catchUp();
  const replaced = await builder.replaceCurrent();
  await releaseLease(db, taken.lease);
  return { generation, position: builder.position, parked: builder.parked, replaced };
}

class Builder {
  readonly #options: RebuildOptions;
  readonly #lease: Lease;
  readonly #replay: Replay;
  readonly #startedAt = performance.now();
  readonly #from: number;
  position: number;
  parked = 0;

  constructor(
    options: RebuildOptions,
    { lease, position, replay }: { readonly lease: Lease; readonly position: number; readonly replay: Replay },
  ) {
    this.#options = options;
    this.#lease = lease;
    this.#replay = replay;
    this.#from = position;
    this.position = position;
  }

  /** Up to the end of the log as it is now. */
  async catchUp(): Promise<void> {
    const { db, store, batchMax = 5000, onProgress } = this.#options;
    for (;;) {
      const events = await store.read(this.position, batchMax);
      if (events.length === 0) return;
      await beat(db, this.#lease);
      await db.transaction().execute(async (transaction) => this.#apply(transaction, events));
      const seconds = (performance.now() - this.#startedAt) / 1000;
      onProgress?.({
        position: this.position,
        head: await store.head(),
        eventsPerSecond: Math.round((this.position - this.#from) / seconds),
      });
    }
  }

  async prepare(): Promise<void> {
    const { db, projections } = this.#options;
    await db.transaction().execute(async (transaction) => {
      await useGeneration(transaction, this.#lease.generation);
      await prepareGeneration(transaction, projections);
    });
  }

  /** While it holds the living generation still, which is for the last few events only. */
  replaceCurrent(): Promise<number | undefined> {
    const { db, store, batchMax = 5000 } = this.#options;
    return db.transaction().execute(async (transaction) => {
      await lockChoice(transaction);
      const living = await lockCurrent(transaction);
      const target = living?.position ?? 0;
      while (this.position < target) {
        const events = await store.read(this.position, batchMax);
        if (events.length === 0) throw new Error(`the log ends at ${this.position}, before the figures at ${target}`);
        await this.#apply(transaction, events);
      }
      if (living) await retire(transaction, living.generation);
      await transaction
        .updateTable('projection_generations')
        .set({ state: 'current' })
        .where('generation', '=', this.#lease.generation)
        .execute();
      const change = changePayload({ position: this.position, fairs: null });
      await sql`select pg_notify(${figuresChannel}, ${change})`.execute(transaction);
      return living?.generation;
    });
  }

  async #apply(transaction: Transaction<GenerationTables>, events: Parameters<Replay['apply']>[2]): Promise<Applied> {
    const applied = await this.#replay.apply(transaction, this.position, events);
    if (applied.unknown) throw applied.unknown;
    this.position = applied.position;
    this.parked += applied.parked.length;
    return applied;
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
