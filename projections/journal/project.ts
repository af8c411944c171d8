import type { QueryExecutorProvider } from 'kysely';
import type { EventType, ProjectedFact } from '../../events/catalogue.ts';
import { PageWriter } from '../pages.ts';
import type { Fold, FoldStart, Projection } from '../projection.ts';
import { Rows } from '../rows.ts';
import { sayingText } from './queries/entries.ts';
import { sayingsOf, saysNothing } from './sayings.ts';
import { type JournalFair, journalFairs, journalPages } from './tables.ts';

/**
 * Where in the log stands what is rare in a fair and decides how the rest counts. Who looks back adds up postings, and
 * folds again what is named here: to find it in the log would be to read all of it.
 */
export const journal: Projection = journalAbout(() => true);

/** The same, told of all closings, of events of some types alone; another one writes of the others at the same time. */
export function journalAbout(isAbout: (type: EventType) => boolean): Projection {
  return {
    name: 'journal',
    // It says itself what came after a closing.
    frozenByClosing: false,
    tables: [journalPages, journalFairs],
    open: (start) => new JournalFold(start, isAbout),
  };
}

class JournalFold implements Fold {
  readonly #isAbout: (type: EventType) => boolean;
  readonly #pages: PageWriter;
  readonly #fairs: Rows<JournalFair, 'fair'>;
  #events: readonly ProjectedFact[] = [];
  #named: readonly string[] = [];

  constructor(start: FoldStart, isAbout: (type: EventType) => boolean) {
    this.#isAbout = isAbout;
    this.#pages = new PageWriter(journalPages, start);
    this.#fairs = new Rows(journalFairs, ['fair'], start);
  }

  take(events: readonly ProjectedFact[]): void {
    this.#events = events;
    this.#named = [...new Set(events.map(({ meta }) => meta.fair))];
  }

  async load(db: QueryExecutorProvider): Promise<void> {
    await this.#fairs.load(
      db,
      this.#named.map((fair) => ({ fair })),
    );
    await this.#pages.load(db, this.#named);
  }

  apply(): void {
    const closed = new Map(this.#named.map((fair) => [fair, this.#fairs.one({ fair })?.closed ?? null]));
    for (const event of this.#events) {
      const { fair } = event.meta;
      if (event.type === 'FiguresReopened') closed.set(fair, null);
      const isHeld = (closed.get(fair) ?? null) !== null;
      if (event.type === 'FiguresClosed' && !isHeld) closed.set(fair, event.position);
      if ((!isHeld && saysNothing(event)) || !this.#isAbout(event.type)) continue;
      for (const saying of sayingsOf(event, { isHeld }))
        this.#pages.add(fair, { ...postingOf(event), kind: sayingText(saying) });
    }
    for (const [fair, position] of closed)
      if ((this.#fairs.one({ fair })?.closed ?? null) !== position) this.#fairs.put({ fair, closed: position });
  }

  async save(db: QueryExecutorProvider): Promise<void> {
    if (this.#isAbout('FiguresClosed')) await this.#fairs.save(db);
    await this.#pages.save(db);
  }
}

const postingOf = ({ position, occurredAt }: ProjectedFact) => ({
  cause: position,
  fact: position,
  at: occurredAt,
  sign: 1 as const,
  amounts: [],
});
