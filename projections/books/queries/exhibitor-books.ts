import type { Kysely } from 'kysely';
import { codeOf } from '../../../src/domain/title.ts';
import type { BookDay, BookFact, BooksTables } from '../tables.ts';

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

/** A single sale or return. Copies and đồng of a return are below 0. */
export type SingleSale = Pick<BookFact, 'kind' | 'id' | 'position' | 'copies' | 'revenue'> & {
  /** In ms since 1970. */
  readonly occurredAt: number;
  /** Undone, and so in no figure. */
  readonly isVoided: boolean;
  /** By barcode, by the exhibitor's own code, or by name alone. */
  readonly titles: readonly { readonly code: string; readonly name: string; readonly copies: number }[];
};

/** Single sales and returns of an exhibitor, the latest first. */
export async function singleSales(
  db: Kysely<BooksTables>,
  fair: string,
  page: { readonly exhibitor: string; readonly before: number; readonly limit: number },
): Promise<SingleSale[]> {
  const rows = await db
    .selectFrom('book_facts')
    .select(['kind', 'id', 'position', 'copies', 'revenue', 'titles', 'occurred_at', 'is_voided'])
    .where('fair', '=', fair)
    .where('exhibitor', '=', page.exhibitor)
    .where('kind', 'in', ['sale', 'return'])
    .where('position', '<', page.before)
    .orderBy('position', 'desc')
    .limit(page.limit)
    .execute();
  return rows.map(({ occurred_at, is_voided, titles, ...row }) => ({
    ...row,
    occurredAt: occurred_at,
    isVoided: is_voided,
    titles: titles.map(([title, copies, name]) => ({ code: codeOf(title), name, copies })),
  }));
}
