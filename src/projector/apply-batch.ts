import { sql } from 'kysely';
import type { Log } from '../log.ts';
import { changePayload, figuresChannel } from './changes.ts';
import type { ProjectorDatabase } from './database.ts';
import { endIfSilent, holdLease, silentSeconds } from './lease.ts';
import type { Applied, Replay } from './replay.ts';

export type Batch = {
  /** The position before its first event. */
  readonly from: number;
  readonly events: Parameters<Replay['apply']>[2];
  /** How long the transaction may be idle between two statements. */
  readonly silentSecondsMax?: number;
};

/**
 * Folds the next events of the log, moves the checkpoint and tells of it, all in one transaction, which holds the lease
 * however long it takes. Where whoever began it freezes in the middle, the server ends it, so that another one can go on.
 * @throws LeaseLost
 */
export const applyBatch = (
  db: ProjectorDatabase,
  replay: Replay,
  { from, events, silentSecondsMax = silentSeconds }: Batch,
): Promise<Applied> =>
  db.transaction().execute(async (transaction) => {
    await endIfSilent(transaction, silentSecondsMax);
    const { isCurrent } = await holdLease(transaction, replay.lease);
    const applied = await replay.apply(transaction, from, events);
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
