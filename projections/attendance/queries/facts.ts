import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { FairSettings } from '../../../events/fair.ts';
import { countedCategories } from '../../../events/fields.ts';
import { type AttendanceTables, wholeFair } from '../tables.ts';

const isIn = sql<boolean>`kind <> 'correction' and direction = 'in'`;
const isCounted = sql<boolean>`category = any(${[...countedCategories]})`;

/** Which facts make each figure; what is voided, refused, unverified or a repeat read makes none. */
const behind = {
  visits: sql<boolean>`standing = 'kept' and visits <> 0 and ${isCounted}`,
  entries: sql<boolean>`standing = 'kept' and ${isIn}`,
  'unique-visitors': sql<boolean>`is_first`,
  'inside-now': sql<boolean>`standing = 'kept' and kind <> 'correction'`,
  'peak-inside': sql<boolean>`standing = 'kept' and kind <> 'correction'`,
  excluded: sql<boolean>`standing = 'kept' and visits <> 0 and not ${isCounted}`,
  schools: sql<boolean>`standing = 'kept' and kind = 'arrival'`,
  classes: sql<boolean>`standing = 'kept' and kind = 'arrival'`,
  pupils: sql<boolean>`standing = 'kept' and kind = 'arrival'`,
  conflicts: sql<boolean>`is_conflict`,
  late: sql<boolean>`standing = 'kept' and is_late`,
  unverified: sql<boolean>`standing = 'unverified'`,
  'repeat-reads': sql<boolean>`standing = 'repeat'`,
  'outside-days': sql<boolean>`is_outside_days`,
} as const satisfies Record<string, RawBuilder<boolean>>;

export type AttendanceFigure = keyof typeof behind;
export const isAttendanceFigure = (figure: string): figure is AttendanceFigure => Object.hasOwn(behind, figure);

/** Log positions, the latest first. @param page.day only facts of this local day, where the figure is of one day */
export const attendancePositions = async (
  db: Kysely<AttendanceTables>,
  fair: string,
  page: {
    readonly figure: AttendanceFigure;
    readonly before: number;
    readonly limit: number;
    readonly day?: string | undefined;
  },
): Promise<number[]> => {
  const rows = await db
    .selectFrom('gate_facts')
    .select('position')
    .where('fair', '=', fair)
    .where('position', '<', page.before)
    .where(behind[page.figure])
    .$if(page.day !== undefined, (query) => query.where('day', '=', page.day ?? ''))
    .orderBy('position', 'desc')
    .limit(page.limit)
    .execute();
  return rows.map(({ position }) => position);
};

/** The local day on which most persons were inside; undefined while nobody was. */
export async function peakDay(
  db: Kysely<AttendanceTables>,
  fair: string,
  { closes }: { readonly closes: number },
): Promise<string | undefined> {
  const row = await db
    .selectFrom('inside_days')
    .select('day')
    .where('fair', '=', fair)
    .where('site', '=', wholeFair)
    .orderBy(sql`(select max(persons) from unnest(inside[1:${closes}::int]) persons)`, 'desc')
    .orderBy('day')
    .limit(1)
    .executeTakeFirst();
  return row?.day;
}

/** The settings that the figures were counted by; later ones than the closing are not among them. */
export const countingSettings = async (db: Kysely<AttendanceTables>, fair: string): Promise<FairSettings | undefined> =>
  (await db.selectFrom('counting_rules').select('settings').where('fair', '=', fair).executeTakeFirst())?.settings;
