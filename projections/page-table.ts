import { type QueryExecutorProvider, type RawBuilder, sql } from 'kysely';
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
  /** As many as the pages have columns for. */
  readonly amounts: readonly number[];
};

/** A run of postings of one fair, in the order of their causes. */
export type Page = {
  fair: string;
  page: number;
  /** By their numbers in the postings. */
  kinds: readonly string[];
  postings: Uint8Array;
};

export const pagesTable = (name: string, postings: PostingShape): PagesTable => ({
  name,
  columns: { fair: 'uuid', page: 'int', kinds: 'json', postings: 'bytea' },
  key: ['fair', 'page'],
  postings,
});

export type PagesTable = Table<Page> & { readonly postings: PostingShape };

/** How many amounts of a posting are any numbers, and how many after those are whole and below 2³¹. */
export type PostingShape = RowShape;

/** As a row of numbers: cause, fact, time, the wide amounts, the kind with its sign, the narrow amounts. */
export const rowShape = ({ doubles, integers }: PostingShape): RowShape => ({
  doubles: 3 + doubles,
  integers: 1 + integers,
});

export const decodePage = (postings: Uint8Array, shape: PostingShape): number[][] =>
  decodeRows(postings, rowShape(shape));

function postingIn(row: readonly number[], kinds: readonly string[], { doubles }: PostingShape): Posting {
  const [cause = 0, fact = 0, at = 0] = row;
  const kind = row[3 + doubles] ?? 1;
  const amounts = [...row.slice(3, 3 + doubles), ...row.slice(4 + doubles)];
  return { cause, fact, at, sign: kind < 0 ? -1 : 1, kind: kinds[Math.abs(kind) - 1] ?? '', amounts };
}

/** Pages read in one statement. */
const pagesAtOnce = 128;

/**
 * The postings of a fair from the latest to the earliest, page by page.
 */
export async function* postingsBackwards(
  db: QueryExecutorProvider,
  { name, postings: shape }: { readonly name: string | RawBuilder<unknown>; readonly postings: PostingShape },
  fair: string,
): AsyncGenerator<Posting[]> {
  const table = typeof name === 'string' ? sql.ref(name) : name;
  let before = 2 ** 31 - 1;
  for (;;) {
    const { rows } = await sql<Pick<Page, 'page' | 'kinds'> & { readonly postings: Uint8Array }>`
      select page, kinds, postings from ${table} where fair = ${fair} and page < ${before}
      order by page desc limit ${pagesAtOnce}`.execute(db);
    for (const { kinds, postings } of rows)
      yield decodePage(postings, shape)
        .map((row) => postingIn(row, kinds, shape))
        .toReversed();
    if (rows.length < pagesAtOnce) return;
    before = rows.at(-1)?.page ?? 0;
  }
}

/**
 * Of the facts that are wanted as they count now, the latest by their log positions: of each one a posting that holds.
 * @param pages of one fair, the latest posting first
 */
export async function latestFacts(
  pages: AsyncIterable<readonly Posting[]>,
  isWanted: (posting: Posting) => boolean,
  limit: number,
): Promise<Posting[]> {
  const seen = new Set<number>();
  let wanted: Posting[] = [];
  for await (const postings of pages) {
    for (const posting of postings) {
      // The last posting about a fact is one that holds.
      if (seen.has(posting.fact)) continue;
      seen.add(posting.fact);
      if (posting.sign === 1 && isWanted(posting)) wanted.push(posting);
    }
    // No cause comes before its fact, so nothing older says anything of a fact after this.
    const after = postings.at(-1)?.cause ?? 0;
    wanted = wanted.sort((a, b) => b.fact - a.fact).slice(0, limit);
    if (wanted.length === limit && (wanted.at(-1)?.fact ?? 0) >= after) break;
  }
  return wanted;
}
