import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'kysely';
import { definition } from '../../projections/definition.ts';
import type { Projection } from '../../projections/projection.ts';
import type { Log } from '../log.ts';
import type { EventStore } from '../store/event-store.ts';
import { applyBatch, newerEventMet, reportParked } from './apply-batch.ts';
import type { ProjectorDatabase } from './database.ts';
import { ensureGeneration } from './generation.ts';
import { LeaseLost, releaseLease, takeLease } from './lease.ts';
import { nextStage, type Stage } from './publish.ts';
import { Replay } from './replay.ts';

export type CatchUpOptions = {
  readonly db: ProjectorDatabase;
  readonly store: EventStore;
  readonly projections: readonly Projection[];
  readonly log: Pick<Log, 'warn' | 'error'>;
  /** The log position that the figures are to reach, whoever moves them on. */
  readonly upTo: number;
  /** No batch is begun later than this. */
  readonly secondsMax: number;
  readonly batchMax?: number;
  /** As the runners' that work on the same database. */
  readonly staleSeconds?: number;
};

/** `elsewhere`: another one holds the lease, and has not come so far within a few seconds. */
export type CaughtUp = 'reached' | 'elsewhere' | 'unfinished';

/** How long to leave it to whoever holds the lease before looking again: past the end of a lease that nobody renews. */
const pausesMs = [250, 500, 1000, 2000, 2000];

/**
 * Moves the figures on to the end of the log and lets go of the lease, for runtimes in which nothing runs between
 * requests. Where a runner holds it this is one cheap question, asked again until that one has come so far. What is
 * appended while the lease is held is seen by its holder, who looks at the log once more after letting go.
 */
export async function catchUp(options: CatchUpOptions): Promise<CaughtUp> {
  const until = Date.now() + options.secondsMax * 1000;
  const pauses = pausesMs.values();
  let upTo = options.upTo;
  for (;;) {
    const standing = await standingOf(options);
    if (standing && standing.position >= upTo) return 'reached';
    const outcome = !standing || standing.isFree ? await moveOn(options, until) : 'elsewhere';
    if (outcome === 'unfinished') return outcome;
    if (outcome === 'reached') {
      upTo = Math.max(upTo, await options.store.head());
      continue;
    }
    const { value: pause } = pauses.next();
    if (pause === undefined || Date.now() + pause > until) return outcome;
    await delay(pause);
  }
}

/** How far the figures are, and whether anybody may move them on. */
const standingOf = ({ db, staleSeconds = 4 }: CatchUpOptions) =>
  db
    .selectFrom('projection_generations')
    .select((of) => [
      'position',
      of
        .or([
          of('holder', 'is', null),
          of('heartbeat_at', '<', sql<Date>`clock_timestamp() - make_interval(secs => ${staleSeconds})`),
        ])
        .as('isFree'),
    ])
    .where('definition', '=', definition)
    .where('state', '=', 'current')
    .executeTakeFirst();

async function moveOn(options: CatchUpOptions, until: number): Promise<CaughtUp> {
  const { db, store, projections, staleSeconds = 4 } = options;
  const { generation, isCurrent } = await ensureGeneration(db, { store, projections });
  const taken = await takeLease(db, { generation, holder: randomUUID(), staleSeconds });
  if (!taken) return 'elsewhere';
  try {
    const replay = await Replay.open(db, { ...taken, store, projections });
    const stage = isCurrent ? 'current' : 'building';
    return await applyAll(options, { replay, position: taken.position, stage, until });
  } catch (error) {
    if (error instanceof LeaseLost) return 'elsewhere';
    throw error;
  } finally {
    await releaseLease(db, taken.lease).catch((error: unknown) =>
      options.log.warn({ err: error }, 'the lease could not be given back; another one takes it over in seconds'),
    );
  }
}

async function applyAll(
  { db, store, projections, log, batchMax = 500 }: CatchUpOptions,
  start: { readonly replay: Replay; readonly position: number; readonly stage: Stage; readonly until: number },
): Promise<CaughtUp> {
  const { lease } = start.replay;
  let { position, stage } = start;
  while (Date.now() < start.until) {
    const events = await store.read(position, batchMax);
    if (events.length === 0 && stage === 'current') return 'reached';
    if (events.length > 0) {
      const applied = await applyBatch(db, start.replay, { from: position, events });
      position = applied.position;
      reportParked(log, applied.parked);
      if (applied.unknown) {
        log.error({ err: applied.unknown }, newerEventMet);
        return 'unfinished';
      }
    }
    // While facts come all the time, a short read is the end.
    if (stage !== 'current' && events.length < batchMax)
      stage = await nextStage(db, { lease, stage, position, projections });
  }
  return 'unfinished';
}
