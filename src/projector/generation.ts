import { type ExpressionBuilder, sql, type Transaction } from 'kysely';
import { definition } from '../../projections/definition.ts';
import { useGeneration } from '../../projections/generations/queries.ts';
import { type GenerationTables, schemaOf } from '../../projections/generations/tables.ts';
import type { Projection } from '../../projections/projection.ts';
import { createTable, prepareForQueries } from '../../projections/table.ts';
import type { EventStore } from '../store/event-store.ts';
import type { ProjectorDatabase } from './database.ts';
import { holdLease, type Lease } from './lease.ts';

/** A generation to move on, and whether anybody reads it. */
type WorkedOn = { readonly generation: number; readonly isCurrent: boolean };

/**
 * The generation that readers of this definition see, or the one that is being built for them. Where there is neither,
 * one is begun: a part of the log is no figures, so it is shown at once only if there is nothing in the log.
 */
export async function ensureGeneration(
  db: ProjectorDatabase,
  { store, projections }: { readonly store: Pick<EventStore, 'head'>; readonly projections: readonly Projection[] },
): Promise<WorkedOn> {
  const found = await workedOn(db);
  if (found) return found;
  const isCurrent = (await store.head()) === 0;
  return db.transaction().execute(async (transaction) => {
    await lockChoice(transaction);
    const meanwhile = await workedOn(transaction);
    if (meanwhile) return meanwhile;
    const generation = await create(transaction, projections, { state: isCurrent ? 'current' : 'building' });
    if (isCurrent) await prepareGeneration(transaction, projections);
    return { generation, isCurrent };
  });
}

/** An empty generation that no reader sees, without the indexes that only readers need, held by its builder. */
export const createBuilding = (
  db: ProjectorDatabase,
  { projections, holder }: { readonly projections: readonly Projection[]; readonly holder: string },
): Promise<Lease> =>
  db.transaction().execute(async (transaction) => {
    const generation = await create(transaction, projections, { state: 'building', holder });
    return { generation, holder, epoch: firstEpoch };
  });

/**
 * Begins anew: what a load of several threads, of which not all came to an end, may have left in a generation that
 * stands at no event.
 * @throws LeaseLost
 */
export const emptyGeneration = (
  db: ProjectorDatabase,
  { lease, projections }: { readonly lease: Lease; readonly projections: readonly Projection[] },
): Promise<void> =>
  db.transaction().execute(async (transaction) => {
    await holdLease(transaction, lease);
    await useGeneration(transaction, lease.generation);
    const names = projections.flatMap(({ tables }) => tables).map(({ name }) => sql.ref(name));
    if (names.length > 0) await sql`truncate ${sql.join(names)}`.execute(transaction);
  });

/** Makes what readers of a generation need; its schema is that of the transaction. */
export async function prepareGeneration(
  transaction: Transaction<GenerationTables>,
  projections: readonly Projection[],
): Promise<void> {
  for (const table of projections.flatMap(({ tables }) => tables)) await prepareForQueries(transaction, table);
}

/**
 * Removes what no reader can be reading any more: generations retired for longer than `graceSeconds`, buildings whose
 * builder has been silent for as long, and what another version of the program left a day ago. One that is still read
 * is left for the next time.
 * @returns the generations that are gone
 */
export async function dropOld(
  db: ProjectorDatabase,
  { graceSeconds }: { readonly graceSeconds: number },
): Promise<number[]> {
  const old = await db
    .selectFrom('projection_generations')
    .select('generation')
    .where((where) => isOld(where, graceSeconds))
    .execute();
  const dropped: number[] = [];
  for (const { generation } of old) if (await drop(db, generation, graceSeconds)) dropped.push(generation);
  return dropped;
}

/** Removes a generation that was built to be looked at, and shown to nobody. */
export const discardBuilding = (db: ProjectorDatabase, { generation, epoch }: Lease): Promise<void> =>
  db.transaction().execute(async (transaction) => {
    const { numDeletedRows } = await transaction
      .deleteFrom('projection_generations')
      .where('generation', '=', generation)
      .where('state', '=', 'building')
      .where('epoch', '=', epoch)
      .executeTakeFirst();
    // Where another one has taken it meanwhile it is theirs.
    if (numDeletedRows === 1n) await sql`drop schema ${sql.id(schemaOf(generation))} cascade`.execute(transaction);
  });

/** Until the transaction ends nobody else says which generation is the current one. */
export const lockChoice = (transaction: Transaction<GenerationTables>) =>
  sql`select pg_advisory_xact_lock(${CHOICE_LOCK})`.execute(transaction);

/** Any constant will do, as long as all nodes use the same. */
const CHOICE_LOCK = 7_126_802;
/** Somebody else has it locked, or waits for what we have. */
const leftForNextTime: readonly unknown[] = ['55P03', '40P01'];

const firstEpoch = 1;

async function workedOn(db: ProjectorDatabase): Promise<WorkedOn | undefined> {
  const found = await db
    .selectFrom('projection_generations')
    .select(['generation', 'state'])
    .where('definition', '=', definition)
    .where('state', 'in', ['current', 'building'])
    .orderBy((row) => row.case().when('state', '=', 'current').then(0).else(1).end())
    .orderBy('generation')
    .executeTakeFirst();
  return found && { generation: found.generation, isCurrent: found.state === 'current' };
}

async function create(
  transaction: Transaction<GenerationTables>,
  projections: readonly Projection[],
  { state, holder = null }: { readonly state: 'building' | 'current'; readonly holder?: string | null },
): Promise<number> {
  const { generation } = await transaction
    .insertInto('projection_generations')
    .values({
      definition,
      state,
      holder,
      epoch: holder === null ? 0 : firstEpoch,
      heartbeat_at: sql<Date>`clock_timestamp()`,
      retired_at: null,
    })
    .returning('generation')
    .executeTakeFirstOrThrow();
  await sql`create schema ${sql.id(schemaOf(generation))}`.execute(transaction);
  await useGeneration(transaction, generation);
  for (const table of projections.flatMap(({ tables }) => tables)) await createTable(transaction, table);
  return generation;
}

function isOld(where: ExpressionBuilder<GenerationTables, 'projection_generations'>, graceSeconds: number) {
  const longAgo = sql<Date>`clock_timestamp() - make_interval(secs => ${graceSeconds})`;
  const yesterday = sql<Date>`clock_timestamp() - interval '1 day'`;
  return where.or([
    where('state', '=', 'retired').and('retired_at', '<', longAgo),
    where('state', '=', 'building').and('heartbeat_at', '<', longAgo),
    where('definition', '!=', definition).and('heartbeat_at', '<', yesterday),
  ]);
}

/** Its row first, in the order of those who work on it: somebody may have taken it over meanwhile. */
async function drop(db: ProjectorDatabase, generation: number, graceSeconds: number): Promise<boolean> {
  try {
    return await db.transaction().execute(async (transaction) => {
      await sql`set local lock_timeout = '1s'`.execute(transaction);
      const { numDeletedRows } = await transaction
        .deleteFrom('projection_generations')
        .where('generation', '=', generation)
        .where((where) => isOld(where, graceSeconds))
        .executeTakeFirst();
      if (numDeletedRows !== 1n) return false;
      await sql`drop schema if exists ${sql.id(schemaOf(generation))} cascade`.execute(transaction);
      return true;
    });
  } catch (error) {
    if (typeof error === 'object' && error !== null && 'code' in error && leftForNextTime.includes(error.code))
      return false;
    throw error;
  }
}
