import type { Kysely } from 'kysely';
import { latestFacts, postingsBackwards } from '../../page-table.ts';
import { type BookDay, bookPages, type BooksTables } from '../tables.ts';
import { bookFlags, bookKindOf } from './kinds.ts';

/** Copies sold, đồng, copies donated: net of a local day, and each may be below 0. */
export type DayTotals = { readonly copies: number; readonly revenue: number; readonly donated: number };

/** What one exhibitor sold and gave away on one local day. */
export type ExhibitorDay = {
  readonly exhibitor: string;
  readonly day: string;
  /** Sale by sale. */
  readonly recorded: DayTotals;
  /** By its latest statement; null where there is none. */
  readonly stated: DayTotals | null;
  /** Recorded and declared: of each figure the greater one (metric dictionary, “Daily statements”). */
  readonly counted: DayTotals;
};

/** The days of one exhibitor, or of all of a fair, by day and exhibitor. */
export async function exhibitorDays(
  db: Kysely<BooksTables>,
  fair: string,
  of: { readonly exhibitor?: string } = {},
): Promise<ExhibitorDay[]> {
  const all = db.selectFrom('book_days').selectAll().where('fair', '=', fair).orderBy('day').orderBy('exhibitor');
  const rows = await (of.exhibitor === undefined ? all : all.where('exhibitor', '=', of.exhibitor)).execute();
  return rows.map(({ exhibitor, day, copies, revenue, donated, ...row }) => {
    const [recorded, stated] = [{ copies, revenue, donated }, statedIn(row)];
    return { exhibitor, day, recorded, stated, counted: greater(recorded, stated ?? recorded) };
  });
}

const statedIn = (row: Pick<BookDay, 'stated_copies' | 'stated_revenue' | 'stated_donated'>): DayTotals | null =>
  row.stated_copies === null || row.stated_revenue === null || row.stated_donated === null
    ? null
    : { copies: row.stated_copies, revenue: row.stated_revenue, donated: row.stated_donated };

const greater = (one: DayTotals, other: DayTotals): DayTotals => ({
  copies: Math.max(one.copies, other.copies),
  revenue: Math.max(one.revenue, other.revenue),
  donated: Math.max(one.donated, other.donated),
});

/** Where in the log a single sale or return stands, and whether it was undone, so that it is in no figure. */
export type SingleSale = { readonly position: number; readonly isVoided: boolean };

/** Single sales and returns of an exhibitor, the latest first. */
export async function singleSales(
  db: Kysely<BooksTables>,
  fair: string,
  page: { readonly exhibitor: string; readonly before: number; readonly limit: number },
): Promise<SingleSale[]> {
  const latest = await latestFacts(
    postingsBackwards(db, bookPages, fair),
    ({ fact, kind: text }) => {
      const { kind, exhibitor } = bookKindOf(text);
      return fact < page.before && exhibitor === page.exhibitor && (kind === 'sale' || kind === 'return');
    },
    page.limit,
  );
  return latest.map(({ fact, amounts: [, , , flags = 0] }) => ({
    position: fact,
    isVoided: (flags & bookFlags.kept) === 0,
  }));
}
