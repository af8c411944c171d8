import { sql } from 'kysely';
import type { Log } from '../log.ts';
import { changePayload, figuresChannel } from './changes.ts';
import type { ProjectorDatabase } from './database.ts';
import { type Care, FoldFailed } from './feed.ts';
import { type Holding, holdLease, silentSeconds } from './lease.ts';
import type { Applied, Replay } from './replay.ts';

export type Batch = {
  /** The position before its first event. */
  readonly from: number;
  readonly events: Parameters<Replay['apply']>[2];
} & Pick<Holding, 'silentSecondsMax'>;

/**
 * Folds the next events of the log, moves the checkpoint and tells of it, all in one transaction, which holds the lease
 * however long it takes. Where whoever began it freezes in the middle, the server ends it, so that another one can go on.
 * An event that cannot be folded is rare: only then is all of it done again with care.
 * @throws LeaseLost
 */
export async function applyBatch(db: ProjectorDatabase, replay: Replay, batch: Batch): Promise<Applied> {
  try {
    return await applyWith('trusting', db, replay, batch);
  } catch (error) {
    if (!(error instanceof FoldFailed)) throw error;
    replay.startAgain();
    return applyWith('careful', db, replay, batch);
  }
}

const applyWith = (
  care: Care,
  db: ProjectorDatabase,
  replay: Replay,
  { from, events, silentSecondsMax = silentSeconds }: Batch,
): Promise<Applied> =>
  db.transaction().execute(async (transaction) => {
    const { isCurrent } = await holdLease(transaction, replay.lease, { silentSecondsMax });
    const applied = await replay.apply(transaction, from, events, care);
    if (isCurrent && applied.events > 0)
      await sql`select pg_notify(${figuresChannel}, ${changePayload(applied)})`.execute(transaction);
    return applied;
  });

export function reportParked(log: Pick<Log, 'error'>, parked: Applied['parked']): void {
  for (const { event, projection, error } of parked) {
    log.error(
      { position: event.position, type: event.type, projection, error },
      'an event is parked: its fair’s figures are incomplete',
    );
  }
}

export const newerEventMet =
  'the log holds an event of a newer version: this node’s projector stops, start the newer version';
