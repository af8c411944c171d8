/**
 * Lists of what is kept by the values of some columns. One map a column: values are found as they are, while a key put
 * together from them would have to be built and hashed for every row.
 */
export class Families<Kept extends object, Row extends object, Column extends keyof Row & string> {
  readonly #columns: readonly Column[];
  #root: Level<Kept> = new Map();

  constructor(columns: readonly Column[]) {
    this.#columns = columns;
  }

  get(family: Pick<Row, Column>): Kept[] | undefined {
    let level: Level<Kept> | Kept[] | undefined = this.#root;
    for (const column of this.#columns) {
      if (!(level instanceof Map)) return undefined;
      level = level.get(family[column]);
    }
    return level instanceof Map ? undefined : level;
  }

  /** The list of a family, which is made, empty, where there is none. */
  ensure(family: Pick<Row, Column>): Kept[] {
    let level = this.#root;
    for (const [depth, column] of this.#columns.entries()) {
      const value = family[column];
      const next = level.get(value);
      if (Array.isArray(next)) return next;
      if (depth === this.#columns.length - 1) {
        const rows: Kept[] = [];
        level.set(value, rows);
        return rows;
      }
      const below: Level<Kept> = next ?? new Map();
      if (!next) level.set(value, below);
      level = below;
    }
    throw new Error('families are told apart by one column at least');
  }

  clear(): void {
    this.#root = new Map();
  }
}

type Level<Kept> = Map<unknown, Level<Kept> | Kept[]>;
