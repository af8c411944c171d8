import type { QueryExecutorProvider } from 'kysely';
import { type Table, upsert } from './table.ts';

/** What a batch adds to the rows of a table of sums; the rows themselves are never read for it. */
export class Sums<Row extends { readonly [Column in Measure]: number }, Measure extends keyof Row & string> {
  readonly #table: Table<Row>;
  readonly #measures: readonly Measure[];
  readonly #added = new Map<string, { readonly row: Row; readonly sums: number[] }>();

  constructor(table: Table<Row>, measures: readonly Measure[]) {
    this.#table = table;
    this.#measures = measures;
  }

  /** @param row the key, and how much to add to each measure */
  add(row: Row): void {
    const amounts = this.#measures.map((measure) => row[measure]);
    if (amounts.every((amount) => amount === 0)) return;
    const key = this.#table.key.map((column) => String(row[column])).join('\n');
    const known = this.#added.get(key);
    if (!known) {
      this.#added.set(key, { row, sums: amounts });
      return;
    }
    for (const [index, amount] of amounts.entries()) known.sums[index] = (known.sums[index] ?? 0) + amount;
  }

  async save(db: QueryExecutorProvider): Promise<void> {
    const changed = [...this.#added.values()].filter(({ sums }) => sums.some((sum) => sum !== 0));
    await upsert(
      db,
      this.#table,
      changed.map(({ row, sums }) => ({ ...row, ...this.#named(sums) })),
    );
    this.#added.clear();
  }

  #named(sums: readonly number[]): { readonly [column: string]: number } {
    return Object.fromEntries(this.#measures.map((measure, index) => [measure, sums[index] ?? 0]));
  }
}
