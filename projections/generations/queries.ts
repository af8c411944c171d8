import { type Kysely, type QueryExecutorProvider, sql } from 'kysely';
import { definition } from '../definition.ts';
import { type GenerationTables, schemaOf } from './tables.ts';

/** The generation whose figures are shown, and the last log position that is in them; undefined before the first one. */
export const currentGeneration = (
  db: Kysely<GenerationTables>,
): Promise<{ readonly generation: number; readonly position: number } | undefined> =>
  db
    .selectFrom('projection_generations')
    .select(['generation', 'position'])
    .where('definition', '=', definition)
    .where('state', '=', 'current')
    .executeTakeFirst();

/** Makes unqualified names those of one generation until the transaction ends; nothing of it stays on a pooled connection. */
export async function useGeneration(transaction: QueryExecutorProvider, generation: number): Promise<void> {
  await sql`select set_config('search_path', ${`${schemaOf(generation)}, public`}, true)`.execute(transaction);
}

/** Log positions of events of these types that came after the closing, the latest first. */
export async function heldPositions(
  db: Kysely<GenerationTables>,
  { generation, fair }: { readonly generation: number; readonly fair: string },
  page: { readonly types: readonly string[]; readonly before: number; readonly limit: number },
): Promise<number[]> {
  const rows = await db
    .selectFrom('held_events')
    .select('position')
    .where('generation', '=', generation)
    .where('fair', '=', fair)
    .where('type', 'in', page.types)
    .where('position', '<', page.before)
    .orderBy('position', 'desc')
    .limit(page.limit)
    .execute();
  return rows.map(({ position }) => position);
}

/** An event that one projection could not fold. `error` is its message; `parkedAt`: the first time that this was found out. */
export type ParkedEvent = {
  readonly fair: string;
  readonly position: number;
  readonly projection: string;
  readonly type: string;
  readonly error: string;
  readonly parkedAt: Date;
};

/** Log positions of the parked events of a fair, the latest first. */
export async function parkedPositions(
  db: Kysely<GenerationTables>,
  { generation, fair }: { readonly generation: number; readonly fair: string },
  page: { readonly before: number; readonly limit: number },
): Promise<number[]> {
  const rows = await db
    .selectFrom('parked_events')
    .select('position')
    .distinct()
    .where('generation', '=', generation)
    .where('fair', '=', fair)
    .where('position', '<', page.before)
    .orderBy('position', 'desc')
    .limit(page.limit)
    .execute();
  return rows.map(({ position }) => position);
}

/** All that is parked in a generation, in log order; at some positions where they are named. */
export function parkedIn(
  db: Kysely<GenerationTables>,
  generation: number,
  positions?: readonly number[],
): Promise<ParkedEvent[]> {
  const all = db
    .selectFrom('parked_events')
    .select(['fair', 'position', 'projection', 'type', 'error', 'parked_at as parkedAt'])
    .where('generation', '=', generation)
    .orderBy('position')
    .orderBy('projection');
  return (positions ? all.where('position', '=', sql<number>`any(${[...positions]}::bigint[])`) : all).execute();
}

/** What the log holds of a fair and its figures do not: events no projection could fold, and those after the closing, by type. */
export async function leftOut(
  db: Kysely<GenerationTables>,
  { generation, fair }: { readonly generation: number; readonly fair: string },
): Promise<{ readonly parked: number; readonly held: ReadonlyMap<string, number> }> {
  const parked = await db
    .selectFrom('parked_events')
    .select(({ fn }) => fn.count<number>('position').distinct().as('events'))
    .where('generation', '=', generation)
    .where('fair', '=', fair)
    .executeTakeFirstOrThrow();
  const held = await db
    .selectFrom('held_events')
    .select(({ fn }) => ['type', fn.countAll<number>().as('events')])
    .where('generation', '=', generation)
    .where('fair', '=', fair)
    .groupBy('type')
    .execute();
  return { parked: parked.events, held: new Map(held.map(({ type, events }) => [type, events])) };
}
