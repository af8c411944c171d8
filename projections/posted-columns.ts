import { type QueryExecutorProvider, type RawBuilder, sql } from 'kysely';
import { type Column, decodeColumns } from './columns.ts';
import { type Page, type PostingShape, rowShape } from './page-table.ts';

/** The postings of one page, number by number: the same index is the same posting in each column. */
export type PostedColumns = {
  readonly count: number;
  readonly cause: Column;
  readonly fact: Column;
  /** ms */
  readonly at: Column;
  /** Numbers in `kinds` from 1, below 0 where what was counted does not hold any more. */
  readonly signedKind: Column;
  readonly kinds: readonly string[];
  /** As many as the pages have columns for. */
  readonly amounts: readonly Column[];
};

/** Pages read in one statement: what is added up within some 10 ms, so that gates on this node have their turn. */
const pagesAtOnce = 32;

type PageRow = Pick<Page, 'page' | 'kinds'> & { readonly postings: Uint8Array };

/** All postings of a fair, a page at a time, in the order in which the pages were begun. */
export async function* postedColumns(
  db: QueryExecutorProvider,
  { name, postings: shape }: { readonly name: RawBuilder<unknown>; readonly postings: PostingShape },
  fair: string,
): AsyncGenerator<PostedColumns> {
  const read = async (from: number) => {
    const { rows } = await sql<PageRow>`
      select page, kinds, postings from ${name} where fair = ${fair} and page >= ${from}
      order by page limit ${pagesAtOnce}`.execute(db);
    return rows;
  };
  let reading = read(0);
  for (;;) {
    const rows = await reading;
    const isLast = rows.length < pagesAtOnce;
    // The next ones are on their way while these are added up.
    if (!isLast) {
      reading = read((rows.at(-1)?.page ?? 0) + 1);
      // It fails where it is waited for, or nobody does any more.
      reading.catch(() => {});
    }
    for (const { kinds, postings } of rows) yield columnsIn(postings, kinds, shape);
    if (isLast) return;
  }
}

function columnsIn(bytes: Uint8Array, kinds: readonly string[], shape: PostingShape): PostedColumns {
  const [cause = none, fact = none, at = none, ...rest] = decodeColumns(bytes, rowShape(shape));
  const signedKind = rest[shape.doubles] ?? none;
  return { count: cause.length, cause, fact, at, signedKind, kinds, amounts: rest.toSpliced(shape.doubles, 1) };
}

const none = new Int32Array(0);
