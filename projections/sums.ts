import type { QueryExecutorProvider } from 'kysely';
import { type Table, upsert } from './table.ts';

/** What a batch adds to the rows of a table of sums; the rows themselves are never read for it. */
export class Sums<Row extends { readonly [Column in Measure]: number }, Measure extends keyof Row & string> {
  readonly #table: Table<Row>;
  readonly #measures: readonly Measure[];
  #added = new Map<string, Row>();

  constructor(table: Table<Row>, measures: readonly Measure[]) {
    this.#table = table;
    this.#measures = measures;
  }

  /** @param row the key, and how much to add to each measure */
  add(row: Row): void {
    const key = this.#table.key.map((column) => String(row[column])).join('\n');
    const before = this.#added.get(key);
    this.#added.set(key, before ? { ...before, ...this.#sum(before, row) } : row);
  }

  async save(db: QueryExecutorProvider): Promise<void> {
    const rows = [...this.#added.values()].filter((row) => this.#measures.some((measure) => row[measure] !== 0));
    await upsert(db, this.#table, rows);
    this.#added = new Map();
  }

  #sum(a: Row, b: Row): { [Column in Measure]?: number } {
    const sum: { [Column in Measure]?: number } = {};
    for (const measure of this.#measures) sum[measure] = a[measure] + b[measure];
    return sum;
  }
}
