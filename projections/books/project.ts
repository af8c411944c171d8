import type { QueryExecutorProvider } from 'kysely';
import type { ProjectedFact } from '../../events/catalogue.ts';
import type { CauseOf, Fold, FoldStart, Projection } from '../projection.ts';
import { Catalogues } from './catalogues.ts';
import { ExhibitorRows, takesPartAfter } from './exhibitor-rows.ts';
import { Ledger, titlesOf } from './ledger.ts';
import * as tables from './tables.ts';
import { TitleRows } from './title-rows.ts';

/** Which books there are, and what became of them: titles, copies, sales and takings. */
export const books: Projection = {
  name: 'books',
  frozenByClosing: true,
  tables: [
    tables.bookPages,
    tables.bookDays,
    tables.exhibitorBooks,
    tables.uploads,
    tables.chunks,
    tables.titles,
    tables.catalogueSums,
  ],
  open: (start) => new BooksFold(start),
};

class BooksFold implements Fold {
  readonly #exhibitors: ExhibitorRows;
  readonly #titles: TitleRows;
  readonly #catalogues: Catalogues;
  readonly #ledger: Ledger;
  #moves: readonly NonNullable<ReturnType<typeof takesPartAfter>>[] = [];

  constructor(start: FoldStart) {
    this.#exhibitors = new ExhibitorRows(start);
    this.#titles = new TitleRows(start);
    const rows = { exhibitors: this.#exhibitors, titles: this.#titles };
    this.#catalogues = new Catalogues(start, rows);
    this.#ledger = new Ledger(start, rows);
  }

  take(events: readonly ProjectedFact[], causeOf: CauseOf): void {
    this.#moves = events.flatMap((event) => takesPartAfter(event) ?? []);
    this.#catalogues.take(events);
    this.#ledger.take(events, causeOf);
  }

  async load(db: QueryExecutorProvider): Promise<void> {
    const facts = await this.#ledger.load(db);
    const listed = await this.#catalogues.load(db, this.#moves);
    await this.#exhibitors.load(db, facts);
    await this.#exhibitors.load(db, [...this.#moves, ...this.#catalogues.exhibitors]);
    await this.#titles.load(db, titlesOf(facts));
    await this.#titles.load(db, listed);
  }

  apply(): void {
    for (const { takes_part, ...exhibitor } of this.#moves) this.#exhibitors.change(exhibitor, { takes_part });
    this.#catalogues.apply();
    this.#ledger.apply();
  }

  async save(db: QueryExecutorProvider): Promise<void> {
    await this.#catalogues.save(db);
    await this.#ledger.save(db);
    await this.#titles.save(db);
    await this.#exhibitors.save(db);
  }
}
