import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { BooksTables } from '../tables.ts';

type Behind = (fair: string) => RawBuilder<unknown>;

const facts =
  (...figures: readonly string[]): Behind =>
  (fair) =>
    sql`select position from book_facts where fair = ${fair} and not is_voided and figure = any(${[...figures]})`;

/** Statements that say more than was recorded; the rest of them adds nothing. */
const statements =
  (column: 'copies' | 'revenue' | 'donated'): Behind =>
  (fair) =>
    sql`
    select statement_position as position from book_days
    where fair = ${fair} and ${sql.ref(`stated_${column}`)} > ${sql.ref(column)}`;

const lines: Behind = (fair) => sql`
  select chunk.position from catalogue_chunks chunk
  join exhibitor_books books on books.fair = chunk.fair and books.exhibitor = chunk.exhibitor and books.catalogue = chunk.upload
  where chunk.fair = ${fair}`;

const both =
  (...parts: readonly Behind[]): Behind =>
  (fair) =>
    sql`${sql.join(
      parts.map((part) => part(fair)),
      sql` union `,
    )}`;

const behind = {
  titles: lines,
  'catalogue-lines': lines,
  'copies-declared': lines,
  'copies-displayed': facts('displayed'),
  'copies-sold': both(facts('sold'), statements('copies')),
  'copies-donated': both(facts('donated'), statements('donated')),
  'copies-left': both(
    facts('displayed', 'added', 'withdrawn', 'sold', 'donated'),
    statements('copies'),
    statements('donated'),
  ),
  revenue: both(facts('sold'), statements('revenue')),
  'revenue-recorded': facts('sold'),
  'revenue-declared': statements('revenue'),
} as const satisfies Record<string, Behind>;

export type BooksFigure = keyof typeof behind;
export const isBooksFigure = (figure: string): figure is BooksFigure => Object.hasOwn(behind, figure);

/** Log positions of the facts behind a figure, the latest first. */
export async function booksPositions(
  db: Kysely<BooksTables>,
  fair: string,
  page: { readonly figure: BooksFigure; readonly before: number; readonly limit: number },
): Promise<number[]> {
  const { rows } = await sql<{ position: number }>`
    select position from (${behind[page.figure](fair)}) facts
    where position < ${page.before} order by position desc limit ${page.limit}`.execute(db);
  return rows.map(({ position }) => position);
}
