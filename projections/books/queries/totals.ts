import { type Kysely, type RawBuilder, sql } from 'kysely';
import { codeOf } from '../../../src/domain/title.ts';
import type { BooksTables, CatalogueSum } from '../tables.ts';

/**
 * A sum that stops at what a number holds exactly, far above what any fair can take: a till gone wild must not take all
 * the other figures of its fair away.
 */
const total = (amount: RawBuilder<unknown>) =>
  sql<number>`greatest(least(coalesce(sum(${amount}), 0), ${largest}), ${-largest})::bigint`;
const largest = Number.MAX_SAFE_INTEGER;

/** Sums of the catalogues that count; titles are distinct across all exhibitors. */
export const catalogues = async (db: Kysely<BooksTables>, fair: string): Promise<Omit<CatalogueSum, 'fair'>> =>
  (await db
    .selectFrom('catalogue_sums')
    .select(['titles', 'lines', 'copies'])
    .where('fair', '=', fair)
    .executeTakeFirst()) ?? { titles: 0, lines: 0, copies: 0 };

/** Copies that were put out, added and taken away again. */
export const stock = (
  db: Kysely<BooksTables>,
  fair: string,
): Promise<{ readonly displayed: number; readonly added: number; readonly withdrawn: number }> =>
  db
    .selectFrom('exhibitor_books')
    .select([
      total(sql.ref('displayed')).as('displayed'),
      total(sql.ref('added')).as('added'),
      total(sql.ref('withdrawn')).as('withdrawn'),
    ])
    .where('fair', '=', fair)
    .executeTakeFirstOrThrow();

/** Recorded sale by sale, and declared: what a statement says beyond that, for each exhibitor, day and figure alone. */
export type Takings = {
  readonly copies: number;
  readonly revenue: number;
  readonly donated: number;
  readonly declaredCopies: number;
  readonly declaredRevenue: number;
  readonly declaredDonated: number;
};

const recorded = (column: 'copies' | 'revenue' | 'donated') => total(sql.ref(column));

/** `greatest` passes over null, so that without a statement nothing is declared. */
const declared = (column: 'copies' | 'revenue' | 'donated') =>
  total(sql`greatest(0, ${sql.ref(`stated_${column}`)} - ${sql.ref(column)})`);

export const takings = (db: Kysely<BooksTables>, fair: string): Promise<Takings> =>
  db
    .selectFrom('book_days')
    .select([
      recorded('copies').as('copies'),
      recorded('revenue').as('revenue'),
      recorded('donated').as('donated'),
      declared('copies').as('declaredCopies'),
      declared('revenue').as('declaredRevenue'),
      declared('donated').as('declaredDonated'),
    ])
    .where('fair', '=', fair)
    .executeTakeFirstOrThrow();

/** A statement that says less than was recorded; what was recorded stands. */
export type LowStatement = {
  readonly figure: 'copies' | 'revenue' | 'donated';
  readonly stated: number;
  readonly recorded: number;
};

/** Statements below what was recorded, added up by figure. */
export async function lowStatements(db: Kysely<BooksTables>, fair: string): Promise<LowStatement[]> {
  const { rows } = await sql<LowStatement>`
    select figure, ${total(sql.ref('stated'))} as stated, ${total(sql.ref('recorded'))} as recorded
    from book_days, lateral (values
      ('copies', stated_copies, copies), ('revenue', stated_revenue, revenue), ('donated', stated_donated, donated)
    ) as said(figure, stated, recorded)
    where fair = ${fair} and stated < recorded
    group by figure order by figure`.execute(db);
  return rows;
}

export type BestSeller = { readonly code: string; readonly name: string; readonly copies: number };

/** The titles with most copies sold sale by sale; of equals the smaller title is first. */
export async function bestSellers(
  db: Kysely<BooksTables>,
  fair: string,
  { limit }: { readonly limit: number },
): Promise<BestSeller[]> {
  const rows = await db
    .selectFrom('titles')
    .select(['title', 'name', 'sold'])
    .where('fair', '=', fair)
    .where('sold', '>', 0)
    .orderBy('sold', 'desc')
    .orderBy('title')
    .limit(limit)
    .execute();
  return rows.map(({ title, name, sold }) => ({ code: codeOf(title), name, copies: sold }));
}
