import { type Kysely, type QueryExecutorProvider, sql } from 'kysely';
import type { FairSettings } from '../../../events/fair.ts';
import { localDay } from '../../../src/domain/local-time.ts';
import { latestFacts, type Posting, postingsBackwards } from '../../page-table.ts';
import { flags, type GateKind, gateKindOf, isCountedCategory } from './kinds.ts';
import { type AttendanceTables, gatePages, wholeFair } from '../tables.ts';

type Counted = GateKind & { readonly visits: number; readonly flagged: number };

const isKept = ({ flagged }: Counted): boolean => (flagged & flags.kept) !== 0;
const isIn = ({ kind, direction }: Counted): boolean => kind !== 'correction' && direction === 'in';
const isArrival = (fact: Counted): boolean => isKept(fact) && fact.kind === 'arrival';
const isWay = (fact: Counted): boolean => isKept(fact) && fact.kind !== 'correction';

/** Which facts make each figure; what is voided, refused, unverified or a repeat read makes none. */
const behind = {
  visits: (fact) => isKept(fact) && fact.visits !== 0 && isCountedCategory(fact.category),
  entries: (fact) => isKept(fact) && isIn(fact),
  'unique-visitors': ({ flagged }) => (flagged & flags.first) !== 0,
  'inside-now': isWay,
  'peak-inside': isWay,
  excluded: (fact) => isKept(fact) && fact.visits !== 0 && !isCountedCategory(fact.category),
  schools: isArrival,
  classes: isArrival,
  pupils: isArrival,
  conflicts: ({ flagged }) => (flagged & flags.conflict) !== 0,
  late: ({ flagged }) => (flagged & flags.late) !== 0,
  unverified: ({ flagged }) => (flagged & flags.unverified) !== 0,
  'repeat-reads': ({ flagged }) => (flagged & flags.repeat) !== 0,
  'outside-days': ({ flagged }) => (flagged & flags.outsideDays) !== 0,
} as const satisfies Record<string, (fact: Counted) => boolean>;

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
    /** Those to look among, the latest first; all of the fair's unless told. */
    readonly postings?: AsyncIterable<readonly Posting[]>;
  },
): Promise<number[]> => {
  const isBehind: (fact: Counted) => boolean = behind[page.figure];
  const isWanted = ({ fact, at, kind, amounts: [, visits = 0, flagged = 0] }: Posting): boolean =>
    fact < page.before &&
    (page.day === undefined || localDay(at) === page.day) &&
    isBehind({ ...gateKindOf(kind), visits, flagged });
  const postings = page.postings ?? postingsBackwards(db, gatePages, fair);
  const latest = await latestFacts(postings, isWanted, page.limit);
  return latest.map(({ fact }) => fact);
};

/** Positions of the facts of a fair that count something and happened at a moment (ms) or later, in no order. */
export async function positionsSince(db: QueryExecutorProvider, fair: string, since: number): Promise<number[]> {
  const found = new Set<number>();
  for await (const postings of postingsBackwards(db, gatePages, fair))
    for (const { fact, at } of postings) if (at >= since) found.add(fact);
  return [...found];
}

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
