import type { Kysely } from 'kysely';
import type { BookFact, BooksTables } from '../tables.ts';

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
};

/** The days of one exhibitor, or of all of a fair, by day and exhibitor. */
export async function exhibitorDays(
  db: Kysely<BooksTables>,
  fair: string,
  of: { readonly exhibitor?: string } = {},
): Promise<ExhibitorDay[]> {
  const all = db.selectFrom('book_days').selectAll().where('fair', '=', fair).orderBy('day').orderBy('exhibitor');
  const rows = await (of.exhibitor === undefined ? all : all.where('exhibitor', '=', of.exhibitor)).execute();
  return rows.map((row) => ({
    exhibitor: row.exhibitor,
    day: row.day,
    recorded: { copies: row.copies, revenue: row.revenue, donated: row.donated },
    stated:
      row.stated_copies === null || row.stated_revenue === null || row.stated_donated === null
        ? null
        : { copies: row.stated_copies, revenue: row.stated_revenue, donated: row.stated_donated },
  }));
}

/** A single sale or return. Copies and đồng of a return are below 0. */
export type SingleSale = Pick<BookFact, 'kind' | 'id' | 'position' | 'copies' | 'revenue' | 'titles'> & {
  /** In ms since 1970. */
  readonly occurredAt: number;
  /** Undone, and so in no figure. */
  readonly isVoided: boolean;
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
  return rows.map(({ occurred_at, is_voided, ...row }) => ({ ...row, occurredAt: occurred_at, isVoided: is_voided }));
}
