import { type QueryExecutorProvider, sql } from 'kysely';
import { decodeRows, type RowShape } from './columns.ts';
import type { Table } from './table.ts';

/**
 * What one event did to what one fact counts: it counts now (sign 1), or what it counted does not hold any more (−1).
 * Postings are only ever added, so those up to a position say what was known then.
 */
export type Posting = {
  /** Log position of the event by which the figures learnt of it. */
  readonly cause: number;
  /** Log position of the fact. */
  readonly fact: number;
  /** When the fact happened, ms. */
  readonly at: number;
  readonly sign: 1 | -1;
  /** What many postings have in common. */
  readonly kind: string;
  /** As many numbers as the pages have columns; whole, below 2³¹ in size. */
  readonly amounts: readonly number[];
};

/** A run of postings of one fair, in the order of their causes. */
export type Page = {
  fair: string;
  page: number;
  /** The position of its last cause. */
  last: number;
  /** By their numbers in the postings. */
  kinds: readonly string[];
  postings: string;
};

export const pagesTable = (name: string): Table<Page> => ({
  name,
  columns: { fair: 'uuid', page: 'int', last: 'bigint', kinds: 'jsonb', postings: 'bytea' },
  key: ['fair', 'page'],
});

export const shapeOf = (amounts: number): RowShape => ({ doubles: 3, integers: 1 + amounts });

export const rowsOf = decodeRows;

/** Pages read in one statement. */
const pagesAtOnce = 128;

/**
 * The postings of a fair from the latest to the earliest, page by page.
 * @param amounts how many each posting has
 */
export async function* postingsBackwards(
  db: QueryExecutorProvider,
  table: Table<Page>,
  fair: string,
  amounts: number,
): AsyncGenerator<Posting[]> {
  const shape = shapeOf(amounts);
  let before = 2 ** 31 - 1;
  for (;;) {
    const { rows } = await sql<Pick<Page, 'page' | 'kinds'> & { readonly postings: Uint8Array }>`
      select page, kinds, postings from ${sql.ref(table.name)} where fair = ${fair} and page < ${before}
      order by page desc limit ${pagesAtOnce}`.execute(db);
    for (const { kinds, postings } of rows)
      yield decodeRows(postings, shape)
        .map((row) => postingOf(row, kinds))
        .reverse();
    if (rows.length < pagesAtOnce) return;
    before = rows.at(-1)?.page ?? 0;
  }
}

const postingOf = (
  [cause = 0, fact = 0, at = 0, kind = 0, ...amounts]: readonly number[],
  kinds: readonly string[],
): Posting => ({
  cause,
  fact,
  at,
  sign: kind < 0 ? -1 : 1,
  kind: kinds[Math.abs(kind) - 1] ?? '',
  amounts,
});

/**
 * Of the facts that are wanted as they count now, the latest, by their log positions.
 * @param pages of one fair, the latest posting first
 */
export async function latestFacts(
  pages: AsyncIterable<readonly Posting[]>,
  isWanted: (posting: Posting) => boolean,
  limit: number,
): Promise<number[]> {
  const seen = new Set<number>();
  const wanted: number[] = [];
  for await (const postings of pages) {
    for (const posting of postings) {
      // The last posting about a fact is the one that holds.
      if (seen.has(posting.fact)) continue;
      seen.add(posting.fact);
      if (posting.sign === 1 && isWanted(posting)) wanted.push(posting.fact);
    }
    // No cause comes before its fact, so nothing older says anything of a fact after this.
    const after = postings.at(-1)?.cause ?? 0;
    wanted.sort((a, b) => b - a);
    if ((wanted[limit - 1] ?? -1) >= after) break;
  }
  return wanted.slice(0, limit);
}
