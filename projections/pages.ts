import { type QueryExecutorProvider, sql } from 'kysely';
import { PageBuffer } from './page-buffer.ts';
import { decodePage, type Page, type PagesTable, type Posting, type PostingShape } from './page-table.ts';
import type { FoldStart } from './projection.ts';

/** Postings of a page: few enough that the last one may be written again with every batch. */
const pagePostings = 1024;

/** Whose last pages are kept in memory between batches; one takes some 100 KB. */
const fairsMax = 200;

/** Pages written in one statement. */
const pagesAtOnce = 32;

type Full = { readonly fair: string; readonly page: number; readonly kinds: string; readonly bytes: Uint8Array };
type Open = { readonly fair: string; readonly page: number; readonly postings: PageBuffer };

/** Writes the postings of a projection to the end of each fair's pages. */
export class PageWriter {
  readonly #table: PagesTable;
  readonly #shape: PostingShape;
  readonly #firstPage: number;
  readonly #open = new Map<string, Open>();
  readonly #changed = new Set<Open>();
  #full: Full[] = [];
  /** That was added to last: most postings are of the same fair as the one before. */
  #last: Open | undefined;
  /** Every page that was begun is in memory. */
  #isWhole: boolean;

  constructor(table: PagesTable, { tables, firstPage = 0 }: Pick<FoldStart, 'tables' | 'firstPage'>) {
    this.#table = table;
    this.#firstPage = firstPage;
    this.#shape = table.postings;
    this.#isWhole = tables === 'empty';
  }

  /** Makes the last page of each fair one that can be written to. */
  async load(db: QueryExecutorProvider, fairs: readonly string[]): Promise<void> {
    const missing = fairs.filter((fair) => !this.#open.has(fair));
    if (this.#isWhole || missing.length === 0) return;
    const { rows } = await sql<Page>`
      select last.* from unnest(${missing}::uuid[]) as wanted(fair) cross join lateral (
        select * from ${sql.ref(this.#table.name)} pages where pages.fair = wanted.fair order by page desc limit 1
      ) last`.execute(db);
    for (const last of rows) this.#open.set(last.fair, this.#opened(last));
  }

  add(fair: string, posting: Posting): void {
    const open = this.#last?.fair === fair ? this.#last : this.#openFor(fair);
    open.postings.add(posting);
    this.#last = open;
    this.#changed.add(open);
    if (!open.postings.isFull) return;
    // The texts of its kinds, which are many, need not be kept any longer.
    this.#full.push(written(open));
    this.#changed.delete(open);
    this.#begin(fair, open.page + 1);
  }

  async save(db: QueryExecutorProvider): Promise<void> {
    const pages = [...this.#full, ...[...this.#changed].map(written)];
    for (let from = 0; from < pages.length; from += pagesAtOnce)
      await this.#write(db, pages.slice(from, from + pagesAtOnce));
    this.#full = [];
    this.#changed.clear();
    if (this.#open.size <= fairsMax) return;
    this.#open.clear();
    this.#last = undefined;
    this.#isWhole = false;
  }

  /** As binary parameters: the text of a page's bytes would be twice as long, and read again as text. */
  async #write(db: QueryExecutorProvider, pages: readonly Full[]): Promise<void> {
    const values = pages.map(({ fair, page, kinds, bytes }) => sql`(${fair}, ${page}, ${kinds}, ${bytes})`);
    await sql`
      insert into ${sql.ref(this.#table.name)} (fair, page, kinds, postings) values ${sql.join(values)}
      on conflict (fair, page) do update set kinds = excluded.kinds, postings = excluded.postings`.execute(db);
  }

  #openFor(fair: string): Open {
    return this.#open.get(fair) ?? this.#begin(fair, this.#firstPage);
  }

  #begin(fair: string, page: number): Open {
    const open = { fair, page, postings: new PageBuffer(this.#shape, pagePostings) };
    this.#open.set(fair, open);
    this.#last = open;
    return open;
  }

  #opened({ fair, page, kinds, postings }: Page): Open {
    const buffer = new PageBuffer(this.#shape, pagePostings);
    buffer.fill(decodePage(postings, this.#shape), kinds);
    return { fair, page, postings: buffer };
  }
}

const written = ({ fair, page, postings }: Open): Full => ({
  fair,
  page,
  kinds: JSON.stringify(postings.kinds),
  bytes: postings.bytes(),
});
