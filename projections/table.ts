import { type QueryExecutorProvider, sql } from 'kysely';
import type { RowShape } from './columns.ts';

/** One table of a projection: the types of its columns, and what makes a row. */
export type Table<Row extends object> = {
  readonly name: string;
  /** SQL type of each column; a type that ends in `null` may be null. */
  readonly columns: { readonly [Column in keyof Row & string]: string };
  readonly key: readonly (keyof Row & string)[];
  /** Columns whose upsert adds to what is there; the other ones are replaced. */
  readonly measures?: readonly (keyof Row & string)[];
  /** SQL that holds for a row that says nothing any more, since all that it counted was undone. */
  readonly emptyWhen?: string;
  /** By which a fold finds its rows, besides the key. */
  readonly foldIndexes?: readonly string[];
  /** By which queries find theirs; a rebuild makes them after its replay. */
  readonly indexes?: readonly string[];
};

/** A table whose rows somebody else knows. */
export type AnyTable = {
  readonly name: string;
  readonly columns: Readonly<Record<string, string>>;
  readonly key: readonly string[];
  readonly measures?: readonly string[];
  readonly emptyWhen?: string;
  readonly foldIndexes?: readonly string[];
  readonly indexes?: readonly string[];
  /** Set where the rows are pages of postings: the amounts that each of those has. */
  readonly postings?: RowShape;
};

/** Makes the table in the first schema of the search path. */
export async function createTable(db: QueryExecutorProvider, table: AnyTable): Promise<void> {
  const columns = Object.entries(table.columns).map(
    ([name, type]) => `${name} ${type.endsWith(' null') ? type : `${type} not null`}`,
  );
  await sql
    .raw(`create table ${table.name} (${columns.join(', ')}, primary key (${table.key.join(', ')}))`)
    .execute(db);
  // Columns of numbers hardly get smaller, and trying costs more than writing them.
  if (table.postings) await sql.raw(`alter table ${table.name} alter column postings set storage external`).execute(db);
  for (const [nth, index] of (table.foldIndexes ?? []).entries()) await createIndex(db, table, `fold_${nth}`, index);
}

/** Makes the indexes for queries, unless they are there, and counts the rows for the planner. */
export async function prepareForQueries(db: QueryExecutorProvider, table: AnyTable): Promise<void> {
  for (const [nth, index] of (table.indexes ?? []).entries()) await createIndex(db, table, `read_${nth}`, index);
  await sql.raw(`analyze ${table.name}`).execute(db);
}

const createIndex = (db: QueryExecutorProvider, table: AnyTable, name: string, index: string) =>
  sql.raw(`create index if not exists ${table.name}_${name} on ${table.name} ${index}`).execute(db);

/** Writes all rows, in one statement unless they are very many. A row that is there is replaced, its measures are added to. */
export async function upsert<Row extends object>(
  db: QueryExecutorProvider,
  table: Table<Row>,
  rows: readonly Row[],
): Promise<void> {
  if (rows.length === 0) return;
  const columns = Object.keys(table.columns);
  const changes = columns.filter((column) => !isIn(table.key, column)).map((column) => changeOf(table, column));
  const given = columns.join(', ');
  for (const page of pagesOf(rows)) {
    await sql`
      insert into ${sql.ref(table.name)} (${sql.raw(given)})
      select ${sql.raw(given)} from json_populate_recordset(null::${sql.ref(table.name)}, ${page})
      on conflict (${sql.raw(table.key.join(', '))}) do ${sql.raw(changes.length === 0 ? 'nothing' : `update set ${changes.join(', ')}`)}
    `.execute(db);
  }
}

/** In UTF-16 units: what is written as JSON within some 50 ms, and far below the longest text there can be. */
const pageSizeMax = 4_000_000;

/** The rows as JSON arrays. */
function* pagesOf(rows: readonly object[]): Generator<string> {
  let page: string[] = [];
  let size = 0;
  for (const row of rows) {
    const text = JSON.stringify(row);
    if (page.length > 0 && size + text.length > pageSizeMax) {
      yield `[${page.join(',')}]`;
      [page, size] = [[], 0];
    }
    page.push(text);
    size += text.length;
  }
  yield `[${page.join(',')}]`;
}

/** The rows that agree with one of the partial rows in the given columns; needs an index that begins with them. */
export async function select<Row extends object, Column extends keyof Row & string>(
  db: QueryExecutorProvider,
  table: Table<Row>,
  columns: readonly Column[],
  wanted: readonly Pick<Row, Column>[],
): Promise<Row[]> {
  if (wanted.length === 0) return [];
  const keys = wanted.map((row) => Object.fromEntries(columns.map((column) => [column, row[column]])));
  const { rows } = await sql<Row>`
    select ${sql.ref(table.name)}.*
    from json_populate_recordset(null::${sql.ref(table.name)}, ${JSON.stringify(keys)}) wanted
    join ${sql.ref(table.name)} using (${sql.raw(columns.join(', '))})
  `.execute(db);
  return rows;
}

const changeOf = (table: AnyTable, column: string): string =>
  isIn(table.measures ?? [], column)
    ? `${column} = ${table.name}.${column} + excluded.${column}`
    : `${column} = excluded.${column}`;

const isIn = (names: readonly string[], name: string): boolean => names.includes(name);
