import { sql, type Transaction } from 'kysely';
import { currentGeneration, parkedIn } from '../../projections/generations/queries.ts';
import type { GenerationTables } from '../../projections/generations/tables.ts';
import type { Projection } from '../../projections/projection.ts';
import type { EventStore } from '../store/event-store.ts';
import { Builder, type BuilderOptions } from './builder.ts';
import { type Compare, type Compared, Comparison, type Difference, referenceOf } from './comparison.ts';
import { createBuilding, discardBuilding, lockChoice } from './generation.ts';
import { holdLease, type Lease, LeaseLost, releaseLease, silentSeconds } from './lease.ts';
import { loadInLanes } from './lanes/load.ts';
import { Pace } from './pace.ts';
import { fairsRepaired, keepSince, type ParkedChange, parkedChange } from './parked.ts';
import { prepare, publish } from './publish.ts';
import { Replay } from './replay.ts';

export type RebuildOptions = BuilderOptions & {
  readonly store: Pick<EventStore, 'read' | 'readAt' | 'load' | 'head'>;
  readonly projections: readonly Projection[];
  /** Names who rebuilds, in the lease of the new generation. */
  readonly holder: string;
  /** What says where two generations differ; without it nothing is compared. */
  readonly compare?: Compare;
  /**
   * Where the log is in the same database: its address as the application's role, for the threads that fold it side by
   * side. Without it everything is folded here.
   */
  readonly lanesUrl?: string | undefined;
  /** Told where that did not go; everything is folded here then, and what cannot be folded is parked. */
  readonly onLanesFailed?: (error: unknown) => void;
  /** Whether new figures are shown that differ without a reason: `equal` keeps the old ones then. */
  readonly accept?: 'equal' | 'any';
};

export type Rebuilt = {
  readonly outcome: 'shown' | 'refused';
  readonly generation: number;
  readonly position: number;
  /** The generation that was read until now; undefined where there was none. */
  readonly replaced: number | undefined;
  readonly compared: Compared;
  /** Differences that nothing explains. */
  readonly unexplained: readonly Difference[];
  /** Those of fairs whose parked events count now, or of an older definition. */
  readonly expected: readonly Difference[];
  readonly parked: ParkedChange;
};

/**
 * Replays the log into a new generation beside the living one, compares both at the same position, fair by fair, and
 * lets readers pass over to it in one transaction: nobody waits, and nobody sees a mixture or an earlier position than
 * before. Of two at once, one follows the other. New figures that differ without a reason are not shown unless accepted.
 * @throws UnknownEventType where a newer program has written
 */
export async function rebuild(options: RebuildOptions): Promise<Rebuilt> {
  const { db, projections, holder } = options;
  const lease = await createBuilding(db, { projections, holder });
  try {
    return await buildAndShow(options, lease);
  } catch (error) {
    // Nobody needs what is unfinished; where the database is away, runners drop it later.
    await discardBuilding(db, lease).catch(() => {});
    throw error;
  }
}

async function buildAndShow(options: RebuildOptions, lease: Lease): Promise<Rebuilt> {
  const { db, store, projections } = options;
  const comparison = new Comparison(options.compare, projections);
  // Never further than what it is compared with, which stands where it stands.
  const reference = await (options.compare ? referenceOf(db) : currentGeneration(db));
  const position = await load(options, lease, reference?.position ?? (await store.head()));
  const builder = new Builder(options, await Replay.open(db, { lease, position, store, projections }), position);
  if (reference) await builder.moveTo(reference.position);
  else await builder.catchUp();
  await prepare(db, { lease, projections });
  const rebuilt = await replaceOnce(options, { builder, comparison });
  if (rebuilt.outcome === 'refused') return rebuilt;
  await goOn(builder);
  await releaseLease(db, lease);
  const parkedSince = (await parkedIn(db, lease.generation)).filter(({ position }) => position > rebuilt.position);
  const parked = { ...rebuilt.parked, newly: [...rebuilt.parked.newly, ...parkedSince] };
  return { ...rebuilt, position: builder.position, parked };
}

/** @returns how far the generation is; 0 where everything is still to be folded */
async function load(
  { db, lanesUrl: url, onLanesFailed, onProgress }: RebuildOptions,
  lease: Lease,
  upTo: number,
): Promise<number> {
  if (url === undefined || upTo === 0) return 0;
  const pace = new Pace({ position: 0, atMs: performance.now() });
  const onPosition = (position: number) => onProgress?.(pace.at({ position, atMs: performance.now() }, upTo));
  try {
    await loadInLanes(db, { url, lease, upTo, onPosition });
    onPosition(upTo);
    return upTo;
  } catch (error) {
    if (error instanceof LeaseLost) throw error;
    onLanesFailed?.(error);
    return 0;
  }
}

/** The figures are shown: where another one has taken the lease, that one moves them on. */
const goOn = (builder: Builder): Promise<void> =>
  builder.catchUp({ silentSecondsMax: silentSeconds }).catch((error: unknown) => {
    if (!(error instanceof LeaseLost)) throw error;
  });

type Work = { readonly builder: Builder; readonly comparison: Comparison };

/** Everybody waits for the living one; longer than the store is patient. */
const replacingSilentSeconds = 30;

/** Where others were shown meanwhile, it is compared with those. */
async function replaceOnce(options: RebuildOptions, work: Work): Promise<Rebuilt> {
  for (;;) {
    await work.comparison.rounds(options.db, work.builder);
    if (!(await currentGeneration(options.db))) await work.builder.catchUp();
    const rebuilt = await replaceCurrent(options, work);
    if (rebuilt) return rebuilt;
  }
}

/**
 * While it holds the living generation still, which is for the last few events only.
 * @returns undefined where the living generation is another one than was compared
 */
const replaceCurrent = (
  { db, accept = 'equal' }: RebuildOptions,
  { builder, comparison }: Work,
): Promise<Rebuilt | undefined> =>
  db.transaction().execute(async (transaction) => {
    const { lease } = builder.replay;
    await holdLease(transaction, lease, { silentSecondsMax: replacingSilentSeconds });
    await lockChoice(transaction);
    const living = await lockCurrent(transaction);
    if (living && !comparison.isWith(living.generation)) return undefined;
    if (living) await catchUpWith(transaction, living, { builder, comparison });
    const before = living?.generation ?? (await referenceOf(transaction))?.generation;
    const parked = await parkedChange(transaction, { before, after: lease.generation });
    const { compared, differences } = comparison;
    const repaired = fairsRepaired(parked);
    const isExpected = ({ fair }: Difference) => compared === 'older' || repaired.has(fair);
    const unexplained = differences.filter((difference) => !isExpected(difference));
    const outcome = unexplained.length > 0 && accept === 'equal' ? 'refused' : 'shown';
    if (before !== undefined) await keepSince(transaction, { before, after: lease.generation });
    await (outcome === 'shown'
      ? show(transaction, { lease, position: builder.position, living })
      : retire(transaction, lease));
    return {
      outcome,
      generation: lease.generation,
      position: builder.position,
      replaced: outcome === 'shown' ? living?.generation : undefined,
      compared,
      unexplained,
      expected: differences.filter(isExpected),
      parked,
    };
  });

type Living = { readonly generation: number; readonly position: number };

/** Its runner cannot move it on before this transaction ends; which one it is must be settled. */
async function lockCurrent(transaction: Transaction<GenerationTables>): Promise<Living | undefined> {
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

async function catchUpWith(
  transaction: Transaction<GenerationTables>,
  living: Living,
  { builder, comparison }: Work,
): Promise<void> {
  await builder.moveIn(transaction, living.position);
  if (builder.position > living.position) return;
  const { generation } = builder.replay.lease;
  const after = { db: transaction, generation, position: living.position };
  await comparison.last({ before: { ...living, db: transaction }, after }, builder);
}

async function show(
  transaction: Transaction<GenerationTables>,
  {
    lease,
    position,
    living,
  }: { readonly lease: Lease; readonly position: number; readonly living: Living | undefined },
): Promise<void> {
  if (living) await retire(transaction, living);
  await publish(transaction, { lease, position });
}

const retire = (transaction: Transaction<GenerationTables>, { generation }: { readonly generation: number }) =>
  transaction
    .updateTable('projection_generations')
    .set({ state: 'retired', retired_at: sql<Date>`clock_timestamp()`, holder: null })
    .where('generation', '=', generation)
    .execute();
