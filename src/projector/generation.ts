import { sql, type Transaction } from 'kysely';
import { definition } from '../../projections/definition.ts';
import { currentGeneration, useGeneration } from '../../projections/generations/queries.ts';
import { type GenerationTables, schemaOf } from '../../projections/generations/tables.ts';
import type { Projection } from '../../projections/projection.ts';
import { createTable, prepareForQueries } from '../../projections/table.ts';
import type { ProjectorDatabase } from './database.ts';

/** The generation that readers of this definition see; made, empty, where there is none yet. */
export async function ensureCurrent(db: ProjectorDatabase, projections: readonly Projection[]): Promise<number> {
  const found = await currentGeneration(db);
  if (found) return found.generation;
  return db.transaction().execute(async (transaction) => {
    await lockChoice(transaction);
    const meanwhile = await currentGeneration(transaction);
    if (meanwhile) return meanwhile.generation;
    const generation = await create(transaction, projections, 'current');
    await prepareGeneration(transaction, projections);
    return generation;
  });
}

/** An empty generation that no reader sees, without the indexes that only readers need. */
export const createBuilding = (db: ProjectorDatabase, projections: readonly Projection[]): Promise<number> =>
  db.transaction().execute((transaction) => create(transaction, projections, 'building'));

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
    .where((where) => {
      const longAgo = sql<Date>`clock_timestamp() - make_interval(secs => ${graceSeconds})`;
      const yesterday = sql<Date>`clock_timestamp() - interval '1 day'`;
      return where.or([
        where('state', '=', 'retired').and('retired_at', '<', longAgo),
        where('state', '=', 'building').and('heartbeat_at', '<', longAgo),
        where('definition', '!=', definition).and('heartbeat_at', '<', yesterday),
      ]);
    })
    .execute();
  const dropped: number[] = [];
  for (const { generation } of old) if (await drop(db, generation)) dropped.push(generation);
  return dropped;
}

/** Until the transaction ends nobody else says which generation is the current one. */
export const lockChoice = (transaction: Transaction<GenerationTables>) =>
  sql`select pg_advisory_xact_lock(${CHOICE_LOCK})`.execute(transaction);

/** Any constant will do, as long as all nodes use the same. */
const CHOICE_LOCK = 7_126_802;
const lockNotAvailable = '55P03';

async function create(
  transaction: Transaction<GenerationTables>,
  projections: readonly Projection[],
  state: 'building' | 'current',
): Promise<number> {
  const { generation } = await transaction
    .insertInto('projection_generations')
    .values({ definition, state, holder: null, heartbeat_at: sql<Date>`clock_timestamp()`, retired_at: null })
    .returning('generation')
    .executeTakeFirstOrThrow();
  await sql`create schema ${sql.id(schemaOf(generation))}`.execute(transaction);
  await useGeneration(transaction, generation);
  for (const table of projections.flatMap(({ tables }) => tables)) await createTable(transaction, table);
  return generation;
}

async function drop(db: ProjectorDatabase, generation: number): Promise<boolean> {
  try {
    await db.transaction().execute(async (transaction) => {
      await sql`set local lock_timeout = '1s'`.execute(transaction);
      await sql`drop schema if exists ${sql.id(schemaOf(generation))} cascade`.execute(transaction);
      await transaction.deleteFrom('projection_generations').where('generation', '=', generation).execute();
    });
    return true;
  } catch (error) {
    if (typeof error === 'object' && error !== null && 'code' in error && error.code === lockNotAvailable) return false;
    throw error;
  }
}
