import type { QueryExecutorProvider } from 'kysely';
import type { FoldStart } from './projection.ts';
import { select, type Table, upsert } from './table.ts';

/**
 * Rows of one table in memory: read by families before a batch, changed by the fold, written once after it.
 * All rows of a family are in memory, or none. A row is never changed in place, only put again.
 */
export class Rows<Row extends object, Family extends keyof Row & string> {
  readonly #table: Table<Row>;
  readonly #familyColumns: readonly Family[];
  readonly #nameOf: (family: Pick<Row, Family>) => string;
  readonly #keyOf: (row: Row) => string;
  readonly #rowsMax: number;
  readonly #families = new Map<string, Row[]>();
  readonly #changed = new Map<string, Row>();
  #rowCount = 0;
  /** Nothing is in the table that is not in memory. */
  #isWhole: boolean;

  /** @param options.rowsMax rows kept in memory between batches */
  constructor(
    table: Table<Row>,
    familyColumns: readonly Family[],
    { tables, rowsMax = 200_000 }: FoldStart & { readonly rowsMax?: number },
  ) {
    this.#table = table;
    this.#familyColumns = familyColumns;
    this.#nameOf = namer(familyColumns);
    this.#keyOf = namer(table.key);
    this.#rowsMax = rowsMax;
    this.#isWhole = tables === 'empty';
  }

  /** Makes sure that these families are in memory. */
  async load(db: QueryExecutorProvider, families: Iterable<Pick<Row, Family>>): Promise<void> {
    const missing: Pick<Row, Family>[] = [];
    for (const family of families) {
      const name = this.#nameOf(family);
      if (this.#families.has(name)) continue;
      this.#families.set(name, []);
      missing.push(family);
    }
    if (this.#isWhole) return;
    for (const row of await select(db, this.#table, this.#familyColumns, missing)) this.#keep(row);
  }

  /**
   * The rows of a family, in no order.
   * @throws Error when the family was not loaded, since an empty answer would be wrong
   */
  family(family: Pick<Row, Family>): readonly Row[] {
    return this.#loaded(family);
  }

  put(row: Row): void {
    this.#keep(row);
    this.#changed.set(this.#keyOf(row), row);
  }

  /** Puts a row of a family that need not be in memory. */
  add(row: Row): void {
    const name = this.#nameOf(row);
    if (this.#isWhole && !this.#families.has(name)) this.#families.set(name, []);
    if (this.#families.has(name)) this.#keep(row);
    this.#changed.set(this.#keyOf(row), row);
  }

  async save(db: QueryExecutorProvider): Promise<void> {
    await upsert(db, this.#table, [...this.#changed.values()]);
    this.#changed.clear();
    if (this.#rowCount + this.#families.size > this.#rowsMax) this.#forget();
  }

  #forget(): void {
    this.#families.clear();
    this.#rowCount = 0;
    this.#isWhole = false;
  }

  #keep(row: Row): void {
    const rows = this.#loaded(row);
    const index = rows.findIndex((other) => this.#table.key.every((column) => other[column] === row[column]));
    if (index >= 0) rows[index] = row;
    else {
      rows.push(row);
      this.#rowCount += 1;
    }
  }

  #loaded(family: Pick<Row, Family>): Row[] {
    const rows = this.#families.get(this.#nameOf(family));
    if (!rows) throw new Error(`${this.#table.name}: ${this.#nameOf(family)} was not loaded`);
    return rows;
  }
}

/** Values of some columns as one text; this is called for every row, so the columns are not looped over. */
function namer<Column extends string>(
  columns: readonly Column[],
): (row: { readonly [C in Column]: unknown }) => string {
  const [first, second, third, ...rest] = columns;
  if (first === undefined) throw new Error('rows are named by one column at least');
  if (second === undefined) return (row) => String(row[first]);
  if (third === undefined) return (row) => `${String(row[first])} ${String(row[second])}`;
  if (rest.length === 0) return (row) => `${String(row[first])} ${String(row[second])} ${String(row[third])}`;
  return (row) => columns.map((column) => String(row[column])).join(' ');
}
