import type { Kysely } from 'kysely';
import type { AttendanceTables } from '../tables.ts';

/** How many visits and unique visitors there are by a fact that there would not be without it. */
export type Effect = { readonly visits: number; readonly uniqueVisitors: number };

/**
 * What each of these conflicts adds to the figures.
 * @param positions of conflicts, as many as a page has
 * @returns by position
 */
export async function conflictEffects(
  db: Kysely<AttendanceTables>,
  fair: string,
  positions: readonly number[],
): Promise<ReadonlyMap<number, Effect>> {
  if (positions.length === 0) return new Map();
  const rows = await db
    .selectFrom('gate_conflicts')
    .select(['position', 'visits', 'unique_visitors'])
    .where('fair', '=', fair)
    .where('position', 'in', positions)
    .execute();
  return new Map(
    rows.map(({ position, visits, unique_visitors: uniqueVisitors }) => [position, { visits, uniqueVisitors }]),
  );
}
