import { sql, type Transaction } from 'kysely';
import { currentGeneration, useGeneration } from '../../projections/generations/queries.ts';
import type { GenerationTables } from '../../projections/generations/tables.ts';
import type { Projection } from '../../projections/projection.ts';
import { changePayload, figuresChannel } from './changes.ts';
import type { ProjectorDatabase } from './database.ts';
import { lockChoice, prepareGeneration } from './generation.ts';
import { beat, endIfSilent, holdLease, type Lease, LeaseLost, silentSeconds } from './lease.ts';

/** `prepared`: has what readers need, and is shown once it has reached the end of the log. */
export type Stage = 'building' | 'prepared' | 'current';

type Built = {
  readonly lease: Lease;
  readonly stage: Stage;
  readonly position: number;
  readonly projections: readonly Projection[];
};

/**
 * What follows when a generation has reached the end of the log.
 * @throws LeaseLost
 */
export async function nextStage(db: ProjectorDatabase, built: Built): Promise<Stage> {
  if (built.stage === 'building') {
    await prepare(db, built);
    return 'prepared';
  }
  if (built.stage === 'prepared') await publishFirst(db, built);
  return 'current';
}

/** Makes what readers need, while nobody takes the generation, or drops it. @throws LeaseLost */
export const prepare = (
  db: ProjectorDatabase,
  { lease, projections }: Pick<Built, 'lease' | 'projections'>,
): Promise<void> =>
  db.transaction().execute(async (transaction) => {
    await holdLease(transaction, lease);
    await useGeneration(transaction, lease.generation);
    await prepareGeneration(transaction, projections);
    await beat(transaction, lease);
  });

/**
 * Shows a built generation to readers, who are told. The transaction has the choice locked, and no other one is current.
 * @throws LeaseLost where it is no longer ours, or no longer there
 */
export async function publish(
  transaction: Transaction<GenerationTables>,
  { lease, position }: Pick<Built, 'lease' | 'position'>,
): Promise<void> {
  const { numUpdatedRows } = await transaction
    .updateTable('projection_generations')
    // What came before may have taken long, and its holder goes on.
    .set({ state: 'current', heartbeat_at: sql<Date>`clock_timestamp()` })
    .where('generation', '=', lease.generation)
    .where('state', '=', 'building')
    .where('epoch', '=', lease.epoch)
    .where('position', '=', position)
    .executeTakeFirst();
  if (numUpdatedRows !== 1n) throw new LeaseLost(lease);
  await sql`select pg_notify(${figuresChannel}, ${changePayload({ position, fairs: null })})`.execute(transaction);
}

/** Where a rebuild was first meanwhile, its figures are those to move on. */
const publishFirst = (db: ProjectorDatabase, built: Built): Promise<void> =>
  db.transaction().execute(async (transaction) => {
    await endIfSilent(transaction, silentSeconds);
    await lockChoice(transaction);
    if (await currentGeneration(transaction)) throw new LeaseLost(built.lease);
    await publish(transaction, built);
  });
