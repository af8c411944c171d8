import { type Kysely, sql } from 'kysely';
import type { Category } from '../../../events/fields.ts';
import { type AttendanceTables, type CurveSum, type Tally, wholeFair } from '../tables.ts';

/** Persons by one value of one dimension, or in all where `by` is null. */
export type Persons = {
  readonly by: 'day' | 'site' | 'gate' | 'category' | 'source' | null;
  readonly key: string;
  /** Whether the persons are of a category that counts as visits. */
  readonly counted: boolean;
  readonly visits: number;
  readonly entries: number;
  readonly exits: number;
};

const isCounted = (categories: readonly Category[]) => sql<boolean>`(category = any(${[...categories]}))`;

/**
 * Persons in all and by each dimension, read in one pass.
 * @param countedCategories those that count as visits
 */
export async function persons(
  db: Kysely<AttendanceTables>,
  fair: string,
  countedCategories: readonly Category[],
): Promise<Persons[]> {
  const { rows } = await sql<Persons>`
    select
      case when grouping(day) = 0 then 'day' when grouping(site) = 0 then 'site' when grouping(gate) = 0 then 'gate'
        when grouping(category) = 0 then 'category' when grouping(source) = 0 then 'source' end as by,
      coalesce(day::text, site, gate, category, source, '') as key,
      counted, sum(visits)::bigint as visits, sum(entries)::bigint as entries, sum(exits)::bigint as exits
    from (select *, ${isCounted(countedCategories)} as counted from attendance_days where fair = ${fair}) sums
    group by counted, grouping sets ((), (day), (site), (gate), (category), (source))
    order by by, key`.execute(db);
  return rows;
}

/** Visits of each of some fairs; a fair without any is left out. */
export async function visitsByFair(
  db: Kysely<AttendanceTables>,
  fairs: readonly string[],
  countedCategories: readonly Category[],
): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ fair: string; visits: number }>`
    select fair, sum(visits)::bigint as visits from attendance_days
    where fair = any(${[...fairs]}::uuid[]) and ${isCounted(countedCategories)} group by fair`.execute(db);
  return new Map(rows.map(({ fair, visits }) => [fair, visits]));
}

/** Visits of a fair by ten minutes, all sites together; empty buckets are left out. */
export const curve = (
  db: Kysely<AttendanceTables>,
  fair: string,
): Promise<Pick<CurveSum, 'day' | 'minute' | 'visits' | 'entries'>[]> =>
  db
    .selectFrom('attendance_curves')
    .select(['day', 'minute', 'visits', 'entries'])
    .where('fair', '=', fair)
    .where('site', '=', wholeFair)
    .where((where) => where.or([where('visits', '<>', 0), where('entries', '<>', 0)]))
    .orderBy('day')
    .orderBy('minute')
    .execute();

const noTally: Omit<Tally, 'fair'> = {
  unique_visitors: 0,
  conflicts: 0,
  late: 0,
  unverified: 0,
  repeat_reads: 0,
  outside_days: 0,
};

export const tally = async (db: Kysely<AttendanceTables>, fair: string): Promise<Omit<Tally, 'fair'>> =>
  (await db
    .selectFrom('attendance_tallies')
    .select(['unique_visitors', 'conflicts', 'late', 'unverified', 'repeat_reads', 'outside_days'])
    .where('fair', '=', fair)
    .executeTakeFirst()) ?? noTally;

/** What came in groups: schools that sent one, their classes, and the pupils who really arrived. */
export async function groupTotals(
  db: Kysely<AttendanceTables>,
  fair: string,
): Promise<{ readonly schools: number; readonly classes: number; readonly pupils: number }> {
  const { rows } = await sql<{ schools: number; classes: number; pupils: number }>`
    select count(distinct school)::int as schools, coalesce(sum(classes), 0)::int as classes,
      coalesce(sum(arrived), 0)::int as pupils
    from groups where fair = ${fair} and arrived > 0`.execute(db);
  return rows[0] ?? { schools: 0, classes: 0, pupils: 0 };
}

export type Inside = { readonly day: string; readonly site: string; readonly now: number; readonly peak: number };

/**
 * Persons inside at a moment, by site, and the most there were on each day before it closed. Site '' is the whole fair.
 * @param at the local day and minute that are asked for, and the minute of closing; nobody is inside from then on
 */
export async function inside(
  db: Kysely<AttendanceTables>,
  fair: string,
  at: { readonly day: string; readonly minute: number; readonly closes: number },
): Promise<Inside[]> {
  const isOpen = at.minute < at.closes;
  const { rows } = await sql<Inside>`
    select day, site,
      case when day = ${at.day} and ${isOpen} then inside[${at.minute + 1}::int] else 0 end as now,
      (select coalesce(max(persons), 0) from unnest(inside[1:${at.closes}::int]) persons) as peak
    from inside_days
    where fair = ${fair} and (site = ${wholeFair} or day = ${at.day})
    order by day, site`.execute(db);
  return rows;
}
