import {
  type AttendanceFigure,
  attendancePositions,
  countingSettings,
  isAttendanceFigure,
  peakDay,
} from '../../projections/attendance/queries/facts.ts';
import { conflictEffects, type Effect } from '../../projections/attendance/queries/conflict-effects.ts';
import { booksPositions, isBooksFigure } from '../../projections/books/queries/facts.ts';
import { exhibitorsPositions, isExhibitorsFigure } from '../../projections/exhibitors/queries.ts';
import type { Posting } from '../../projections/page-table.ts';
import { fairNow } from '../../projections/fairs/queries.ts';
import { heldPositions, type ParkedEvent, parkedIn, parkedPositions } from '../../projections/generations/queries.ts';
import { localDay, minuteOfTime } from '../domain/local-time.ts';
import { figureEvents } from './after-closing.ts';
import { type FiguresDatabase, readSnapshot, type Snapshot } from './snapshot.ts';

/** One page of the facts behind a figure. */
export type FactsBehind = {
  /** Log positions, the latest first. */
  readonly positions: readonly number[];
  /** Ask again with `before` this position for older facts; null on the last page. */
  readonly next: number | null;
  /** What each of them adds to the figures, by position; of conflicts alone. */
  readonly effects: ReadonlyMap<number, Effect>;
  /** Why each of them is in no figure, by position; of parked ones alone. */
  readonly parked: ReadonlyMap<number, readonly ParkedEvent[]>;
};

export type FactsQuery = {
  /** Only facts before this log position; all of them without. */
  readonly before?: number | undefined;
  readonly limit: number;
  /** ms since 1970; says which day “now” is for who is inside. */
  readonly now: number;
};

/**
 * Where in the log the facts stand that make a figure what it is. What is voided, refused, unverified or a repeat read
 * makes no figure; `parked`, `conflicts`, `late`, `unverified`, `repeat-reads`, `outside-days` and `after-closing` list the facts
 * that want looking at.
 * @returns undefined for a fair that does not exist; an empty page for a figure whose facts nobody collects
 */
export async function factsBehind(
  db: FiguresDatabase,
  fair: string,
  figure: string,
  query: FactsQuery,
): Promise<FactsBehind | undefined> {
  return readSnapshot(db, (snapshot) => factsBehindIn(snapshot, fair, figure, query));
}

/** Where postings are not those of the tables. */
export type OtherPostings = {
  /** Each the latest first; no two tell of the same fact. */
  readonly gates: () => readonly AsyncIterable<readonly Posting[]>[];
  readonly books: () => AsyncIterable<readonly Posting[]>;
  /** Called with conflicts before it is read what they add. */
  readonly judge: (positions: readonly number[]) => Promise<void>;
};

/** The same as a generation stands in a transaction. */
export async function factsBehindIn(
  snapshot: Snapshot,
  fair: string,
  figure: string,
  { limit, before = Number.MAX_SAFE_INTEGER, now, postings }: FactsQuery & { readonly postings?: OtherPostings },
): Promise<FactsBehind | undefined> {
  const known = await fairNow(snapshot.fairs, fair);
  if (!known) return undefined;
  const page = { before, limit: limit + 1, now: Math.min(known.closing?.at ?? now, now) };
  const positions = await positionsBehind(snapshot, fair, figure, { ...page, postings });
  const shown = positions.slice(0, limit);
  if (figure === 'conflicts') await postings?.judge(shown);
  const effects = figure === 'conflicts' ? await conflictEffects(snapshot.attendance, fair, shown) : noEffects;
  const parked = figure === 'parked' ? await parkedIn(snapshot.generations, snapshot.generation, shown) : [];
  return {
    positions: shown,
    next: positions.length > limit ? (shown.at(-1) ?? null) : null,
    effects,
    parked: Map.groupBy(parked, ({ position }) => position),
  };
}

const noEffects: FactsBehind['effects'] = new Map();

type Page = {
  readonly before: number;
  readonly limit: number;
  readonly now: number;
  readonly postings: OtherPostings | undefined;
};

async function positionsBehind(snapshot: Snapshot, fair: string, figure: string, page: Page): Promise<number[]> {
  const { generation, generations, books, exhibitors } = snapshot;
  const { before, limit, postings } = page;
  if (figure === 'parked') return parkedPositions(generations, { generation, fair }, { before, limit });
  if (figure === 'after-closing')
    return heldPositions(generations, { generation, fair }, { types: figureEvents, before, limit });
  if (isBooksFigure(figure))
    return booksPositions(books, fair, { figure, before, limit, ...(postings && { postings: postings.books() }) });
  if (isExhibitorsFigure(figure)) return exhibitorsPositions(exhibitors, fair, { figure, before, limit });
  return isAttendanceFigure(figure) ? gatePositions(snapshot, fair, figure, page) : [];
}

async function gatePositions(
  { attendance }: Snapshot,
  fair: string,
  figure: AttendanceFigure,
  { before, limit, now, postings }: Page,
): Promise<number[]> {
  const closes = async () => minuteOfTime((await countingSettings(attendance, fair))?.closes ?? '24:00');
  const days = {
    'inside-now': async () => localDay(now),
    'peak-inside': async () => peakDay(attendance, fair, { closes: await closes() }),
  };
  const day = figure === 'inside-now' || figure === 'peak-inside' ? await days[figure]() : undefined;
  const asked = { figure, before, limit, day };
  if (!postings) return attendancePositions(attendance, fair, asked);
  const found: number[] = [];
  for (const some of postings.gates())
    found.push(...(await attendancePositions(attendance, fair, { ...asked, postings: some })));
  return found.sort((a, b) => b - a).slice(0, limit);
}
