import { type Column, columnsOf } from './columns.ts';
import { type Posting, type PostingShape, rowShape } from './page-table.ts';

/** The postings of a page that is being written, as columns from the start: each is put where it will stand. */
export class PageBuffer {
  readonly #shape: PostingShape;
  readonly #capacity: number;
  readonly #columns: readonly Column[];
  readonly #kinds = new Map<string, number>();
  #size = 0;

  constructor(shape: PostingShape, capacity: number) {
    this.#shape = shape;
    this.#capacity = capacity;
    const { doubles, integers } = rowShape(shape);
    this.#columns = columnsOf(new ArrayBuffer(capacity * (8 * doubles + 4 * integers)), capacity, {
      doubles,
      integers,
    });
  }

  get size(): number {
    return this.#size;
  }

  get isFull(): boolean {
    return this.#size === this.#capacity;
  }

  /** By their numbers in the postings. */
  get kinds(): string[] {
    return [...this.#kinds.keys()];
  }

  add({ cause, fact, at, sign, kind, amounts }: Posting): void {
    const { doubles } = this.#shape;
    const kindAt = 3 + doubles;
    this.#put(0, cause);
    this.#put(1, fact);
    this.#put(2, at);
    for (let nth = 0; nth < amounts.length; nth += 1) this.#put(nth < doubles ? 3 + nth : nth + 4, amounts[nth] ?? 0);
    this.#put(kindAt, sign * (this.#numberOf(kind) + 1));
    this.#size += 1;
  }

  /** @param rows of a page as `decodePage` gives them, with its kinds */
  fill(rows: readonly (readonly number[])[], kinds: readonly string[]): void {
    for (const kind of kinds) this.#numberOf(kind);
    for (const row of rows) {
      for (const [nth, number] of row.entries()) this.#put(nth, number);
      this.#size += 1;
    }
  }

  /** As `decodePage` reads it. */
  bytes(): Buffer {
    return Buffer.concat(
      this.#columns.map((column) => {
        const { buffer, byteOffset, byteLength } = column.subarray(0, this.#size);
        return new Uint8Array(buffer, byteOffset, byteLength);
      }),
    );
  }

  #put(nth: number, value: number): void {
    const column = this.#columns[nth];
    if (column) column[this.#size] = value;
  }

  #numberOf(kind: string): number {
    const known = this.#kinds.get(kind);
    if (known !== undefined) return known;
    const number = this.#kinds.size;
    this.#kinds.set(kind, number);
    return number;
  }
}
