import type { QueryExecutorProvider } from 'kysely';
import { Families } from './families.ts';
import type { FoldStart } from './projection.ts';
import { select, type Table, upsert } from './table.ts';

/** A row in memory, and whether it was put since all were written. */
type Kept<Row> = { row: Row; isChanged: boolean };

/**
 * Rows of one table in memory: read by families before a batch, changed by the fold, written once after it.
 * All rows of a family are in memory, or none. A row is never changed in place, only put again.
 */
export class Rows<Row extends object, Column extends keyof Row & string> {
  readonly #table: Table<Row>;
  readonly #familyColumns: readonly Column[];
  readonly #rowsMax: number;
  readonly #families: Families<Kept<Row>, Row, Column>;
  /** The columns of the key by which rows of one family differ. */
  readonly #ownColumns: readonly (keyof Row & string)[];
  #changed: Kept<Row>[] = [];
  /** Rows and families in memory. */
  #held = 0;
  /** Nothing is in the table that is not in memory. */
  #isWhole: boolean;

  /** @param options.rowsMax rows kept in memory between batches */
  constructor(
    table: Table<Row>,
    familyColumns: readonly Column[],
    { tables, rowsMax = 200_000 }: Pick<FoldStart, 'tables'> & { readonly rowsMax?: number },
  ) {
    this.#table = table;
    this.#familyColumns = familyColumns;
    this.#rowsMax = rowsMax;
    this.#families = new Families(familyColumns);
    const shared: readonly string[] = familyColumns;
    this.#ownColumns = table.key.filter((column) => !shared.includes(column));
    this.#isWhole = tables === 'empty';
  }

  /** Makes sure that these families are in memory; where all are, they are not even asked for their names. */
  async load(db: QueryExecutorProvider, families: Iterable<Pick<Row, Column>>): Promise<void> {
    if (this.#isWhole) return;
    let missing: Pick<Row, Column>[] = [];
    const fetch = async () => {
      for (const row of await select(db, this.#table, this.#familyColumns, missing)) this.#keep(row);
      missing = [];
    };
    for (const family of families) {
      if (this.#families.get(family)) continue;
      this.#families.ensure(family);
      this.#held += 1;
      missing.push(family);
      if (missing.length === pageFamilies) await fetch();
    }
    await fetch();
  }

  /**
   * The rows of a family, in no order.
   * @throws Error when the family was not loaded, since an empty answer would be wrong
   */
  family(family: Pick<Row, Column>): readonly Row[] {
    return this.#kept(family).map(({ row }) => row);
  }

  /** The only row of a family of one, if there is one. @throws Error as `family` does */
  one(family: Pick<Row, Column>): Row | undefined {
    return this.#kept(family)[0]?.row;
  }

  put(row: Row): void {
    this.#change(this.#keep(row));
  }

  /**
   * The only row of a family of one, to be changed in place by a caller that keeps no other hold on it: what many facts
   * change would else be as many objects.
   * @param make the row where there is none
   */
  touch(family: Pick<Row, Column>, make: () => Row): Row {
    const kept = this.#kept(family)[0] ?? this.#keep(make());
    this.#change(kept);
    return kept.row;
  }

  /** Puts a row of a family that need not be in memory. */
  add(row: Row): void {
    if (this.#isWhole || this.#families.get(row)) this.put(row);
    else this.#change({ row, isChanged: false });
  }

  async save(db: QueryExecutorProvider): Promise<void> {
    await upsert(
      db,
      this.#table,
      this.#changed.map(({ row }) => row),
    );
    for (const kept of this.#changed) kept.isChanged = false;
    this.#changed = [];
    if (this.#held > this.#rowsMax) this.#forget();
  }

  #forget(): void {
    this.#families.clear();
    this.#held = 0;
    this.#isWhole = false;
  }

  #change(kept: Kept<Row>): void {
    if (kept.isChanged) return;
    kept.isChanged = true;
    this.#changed.push(kept);
  }

  #keep(row: Row): Kept<Row> {
    const rows = this.#families.get(row) ?? (this.#isWhole ? this.#families.ensure(row) : this.#missing(row));
    const before = rows.find((other) => this.#isSame(other.row, row));
    if (before) {
      before.row = row;
      return before;
    }
    const kept = { row, isChanged: false };
    rows.push(kept);
    this.#held += 1;
    return kept;
  }

  #kept(family: Pick<Row, Column>): readonly Kept<Row>[] {
    return this.#families.get(family) ?? (this.#isWhole ? nothing : this.#missing(family));
  }

  #isSame(one: Row, other: Row): boolean {
    return this.#ownColumns.every((column) => one[column] === other[column]);
  }

  #missing(family: Pick<Row, Column>): never {
    const name = this.#familyColumns.map((column) => String(family[column])).join(' ');
    throw new Error(`${this.#table.name}: ${name} was not loaded`);
  }
}

/** Asked for in one statement, so that others have their turn between two of them. */
const pageFamilies = 5000;

const nothing: readonly never[] = [];
