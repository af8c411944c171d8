import { type Kysely, type RawBuilder, sql } from 'kysely';
import { latestFacts, type Posting, postingsBackwards } from '../../page-table.ts';
import { bookPages, type BooksTables } from '../tables.ts';
import { bookFlags, bookKindOf } from './kinds.ts';

/** What makes a figure: kinds of facts that count, and what is kept by rows of its own. */
type Behind = { readonly facts: readonly string[]; readonly rows: readonly ((fair: string) => RawBuilder<unknown>)[] };

/** Statements that say more than was recorded; the rest of them adds nothing. */
const statements = (column: 'copies' | 'revenue' | 'donated') => (fair: string) =>
  sql`
    select statement_position as position from book_days
    where fair = ${fair} and ${sql.ref(`stated_${column}`)} > ${sql.ref(column)}`;

const lines = (fair: string) => sql`
  select chunk.position from catalogue_chunks chunk
  join exhibitor_books books on books.fair = chunk.fair and books.exhibitor = chunk.exhibitor and books.catalogue = chunk.upload
  where chunk.fair = ${fair}`;

const behind = {
  titles: { facts: [], rows: [lines] },
  'catalogue-lines': { facts: [], rows: [lines] },
  'copies-declared': { facts: [], rows: [lines] },
  'copies-displayed': { facts: ['displayed'], rows: [] },
  'copies-sold': { facts: ['sold'], rows: [statements('copies')] },
  'copies-donated': { facts: ['donated'], rows: [statements('donated')] },
  'copies-left': {
    facts: ['displayed', 'added', 'withdrawn', 'sold', 'donated'],
    rows: [statements('copies'), statements('donated')],
  },
  revenue: { facts: ['sold'], rows: [statements('revenue')] },
  'revenue-recorded': { facts: ['sold'], rows: [] },
  'revenue-declared': { facts: [], rows: [statements('revenue')] },
} as const satisfies Record<string, Behind>;

export type BooksFigure = keyof typeof behind;
export const isBooksFigure = (figure: string): figure is BooksFigure => Object.hasOwn(behind, figure);

type PageAsked = {
  readonly figure: BooksFigure;
  readonly before: number;
  readonly limit: number;
  /** Those to look among, the latest first; all of the fair's unless told. */
  readonly postings?: AsyncIterable<readonly Posting[]>;
};

/** Log positions of the facts behind a figure, the latest first. */
export async function booksPositions(db: Kysely<BooksTables>, fair: string, page: PageAsked): Promise<number[]> {
  const { facts, rows }: Behind = behind[page.figure];
  const found = facts.length === 0 ? [] : await postedFacts(db, fair, { ...page, facts });
  if (rows.length > 0) found.push(...(await positionsIn(db, fair, { ...page, rows })));
  return [...new Set(found)].sort((a, b) => b - a).slice(0, page.limit);
}

async function postedFacts(
  db: Kysely<BooksTables>,
  fair: string,
  {
    facts,
    before,
    limit,
    postings = postingsBackwards(db, bookPages, fair),
  }: Omit<PageAsked, 'figure'> & Pick<Behind, 'facts'>,
): Promise<number[]> {
  const latest = await latestFacts(
    postings,
    ({ fact, kind, amounts: [, , , flags = 0] }) =>
      fact < before && (flags & bookFlags.kept) !== 0 && facts.includes(bookKindOf(kind).figure),
    limit,
  );
  return latest.map(({ fact }) => fact);
}

async function positionsIn(
  db: Kysely<BooksTables>,
  fair: string,
  { rows: parts, before, limit }: Omit<PageAsked, 'figure'> & Pick<Behind, 'rows'>,
): Promise<number[]> {
  const all = sql.join(
    parts.map((part) => part(fair)),
    sql` union `,
  );
  const { rows } = await sql<{ position: number }>`
    select position from (${all}) facts where position < ${before} order by position desc limit ${limit}`.execute(db);
  return rows.map(({ position }) => position);
}
