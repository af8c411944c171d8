import { Buffer } from 'node:buffer';
import { type QueryExecutorProvider, sql } from 'kysely';
import type { FoldStart } from './projection.ts';
import {
  decodePage,
  encodePage,
  type Page,
  type PagesTable,
  type Posting,
  type PostingShape,
  rowOf,
} from './page-table.ts';
import { upsert } from './table.ts';

/** Postings of a page: few enough that the last one may be written again with every batch. */
const pagePostings = 1024;

/** Whose last pages are kept in memory between batches; one takes some 100 KB. */
const fairsMax = 200;

type Open = { page: number; kinds: string[]; readonly numbers: Map<string, number>; rows: number[][] };

/** Writes the postings of a projection to the end of each fair's pages. */
export class PageWriter {
  readonly #table: PagesTable;
  readonly #shape: PostingShape;
  readonly #open = new Map<string, Open>();
  readonly #changed = new Set<string>();
  #full: Page[] = [];
  /** Every page that was begun is in memory. */
  #isWhole: boolean;

  constructor(table: PagesTable, { tables }: Pick<FoldStart, 'tables'>) {
    this.#table = table;
    this.#shape = table.postings;
    this.#isWhole = tables === 'empty';
  }

  /** Makes the last page of each fair one that can be written to. */
  async load(db: QueryExecutorProvider, fairs: readonly string[]): Promise<void> {
    const missing = fairs.filter((fair) => !this.#open.has(fair));
    if (this.#isWhole || missing.length === 0) return;
    const { rows } = await sql<Omit<Page, 'postings'> & { readonly postings: Uint8Array }>`
      select last.* from unnest(${missing}::uuid[]) as wanted(fair) cross join lateral (
        select * from ${sql.ref(this.#table.name)} pages where pages.fair = wanted.fair order by page desc limit 1
      ) last`.execute(db);
    for (const last of rows) this.#open.set(last.fair, this.#opened(last));
  }

  add(fair: string, { kind, ...posting }: Posting): void {
    const open = this.#openFor(fair);
    const number = open.numbers.get(kind) ?? open.numbers.size;
    if (number === open.numbers.size) {
      open.numbers.set(kind, number);
      open.kinds.push(kind);
    }
    open.rows.push(rowOf(posting, number, this.#shape));
    this.#changed.add(fair);
    if (open.rows.length < pagePostings) return;
    this.#full.push(this.#written(fair, open));
    this.#open.set(fair, { page: open.page + 1, kinds: [], numbers: new Map(), rows: [] });
    this.#changed.delete(fair);
  }

  async save(db: QueryExecutorProvider): Promise<void> {
    const last = [...this.#changed].map((fair) => this.#written(fair, this.#openFor(fair)));
    await upsert(db, this.#table, [...this.#full, ...last]);
    this.#full = [];
    this.#changed.clear();
    if (this.#open.size <= fairsMax) return;
    this.#open.clear();
    this.#isWhole = false;
  }

  #openFor(fair: string): Open {
    const known = this.#open.get(fair);
    if (known) return known;
    const open: Open = { page: 0, kinds: [], numbers: new Map(), rows: [] };
    this.#open.set(fair, open);
    return open;
  }

  #opened({ page, kinds, postings }: { page: number; kinds: readonly string[]; postings: Uint8Array }): Open {
    const numbers = new Map(kinds.map((kind, number) => [kind, number]));
    return { page, kinds: [...kinds], numbers, rows: decodePage(postings, this.#shape) };
  }

  #written(fair: string, { page, kinds, rows }: Open): Page {
    const postings = `\\x${Buffer.from(encodePage(rows, this.#shape)).toString('hex')}`;
    return { fair, page, kinds, postings };
  }
}
