import type { QueryExecutorProvider } from 'kysely';
import type { FairEvent } from '../../events/catalogue.ts';
import { byOccurrence } from '../../src/domain/visits.ts';
import { checkMoment } from '../moments.ts';
import { PageWriter } from '../pages.ts';
import type { CauseOf, FoldStart } from '../projection.ts';
import { Rows } from '../rows.ts';
import { StreamStates } from '../stream-states.ts';
import type { ExhibitorRows } from './exhibitor-rows.ts';
import { bookFactOf } from './facts.ts';
import { postingsOf } from './postings.ts';
import * as tables from './tables.ts';
import type { BookDay, BookFact, Title } from './tables.ts';
import { nameOrder, type TitleRows } from './title-rows.ts';
import { judgeTrade, type Trade, trades } from './trades.ts';

type DayName = Pick<BookDay, 'fair' | 'exhibitor' | 'day'>;
type Step = { readonly event: FairEvent; readonly cause: number; readonly key: string };

/** Sales, returns, stock entries and daily statements: by exhibitor and day, and by title. */
export class Ledger {
  readonly #trades: StreamStates<Trade>;
  readonly #days: Rows<BookDay, 'fair' | 'exhibitor' | 'day'>;
  readonly #pages: PageWriter;
  readonly #exhibitors: ExhibitorRows;
  readonly #titles: TitleRows;
  #batch: readonly Step[] = [];
  #statements: readonly BookDay[] = [];

  constructor(start: FoldStart, rows: { readonly exhibitors: ExhibitorRows; readonly titles: TitleRows }) {
    this.#trades = new StreamStates(start, trades);
    this.#days = new Rows(tables.bookDays, ['fair', 'exhibitor', 'day'], start);
    this.#pages = new PageWriter(tables.bookPages, start);
    this.#exhibitors = rows.exhibitors;
    this.#titles = rows.titles;
  }

  take(events: readonly FairEvent[], causeOf: CauseOf): void {
    this.#batch = events.flatMap((event) => {
      const key = trades.keyOf(event);
      if (key === undefined) return [];
      checkMoment(event);
      return { event, cause: causeOf(event), key };
    });
    this.#statements = events.flatMap((event) => statementOf(event) ?? []);
  }

  /** @returns the facts that may change, which say which exhibitors and titles may */
  async load(db: QueryExecutorProvider): Promise<Iterable<BookFact>> {
    const streams = new Set(this.#batch.filter(({ event }) => event.version > 1).map(({ key }) => key));
    await this.#trades.load(streams, (trade) => ({ ...trade, facts: judgeTrade(trade), fresh: [] }));
    await this.#days.load(db, this.#dayNames());
    await this.#pages.load(db, [...new Set(this.#batch.map(({ event }) => event.meta.fair))]);
    return { [Symbol.iterator]: () => this.#touchedFacts() };
  }

  apply(): void {
    for (const { event, cause, key } of this.#batch) {
      this.#trades.put(key, trades.after(this.#trades.get(key), event));
      this.#judge(key, cause);
    }
    for (const statement of this.#statements) this.#state(statement);
  }

  async save(db: QueryExecutorProvider): Promise<void> {
    await this.#days.save(db);
    await this.#pages.save(db);
    this.#trades.forget();
  }

  *#touchedFacts(): Generator<BookFact, undefined> {
    for (const { event, key } of this.#batch) {
      const fact = bookFactOf(event);
      if (fact) yield fact;
      yield* this.#trades.get(key)?.facts ?? [];
    }
  }

  *#dayNames(): Iterable<DayName> {
    yield* this.#statements;
    yield* this.#touchedFacts();
  }

  #judge(key: string, cause: number): void {
    const trade = this.#trades.get(key);
    if (!trade) return;
    const judged = judgeTrade(trade);
    for (const [index, fact] of judged.entries()) {
      const old = trade.facts[index];
      if (fact === old) continue;
      if (!old) this.#nameTitles(fact);
      if (old) this.#post(old, cause, -1);
      this.#post(fact, cause, 1);
    }
    this.#trades.put(key, { ...trade, facts: judged, fresh: [] });
  }

  #nameTitles({ fair, titles, occurred_at: occurredAt, id }: BookFact): void {
    const order = () => nameOrder('sale', { occurredAt, id });
    for (const { title, name } of titles) this.#titles.callAtTill({ fair, title }, name, order);
  }

  #post(fact: BookFact, cause: number, sign: 1 | -1): void {
    if (!fact.is_voided) this.#count(fact, sign);
    for (const posting of postingsOf(fact)) this.#pages.add(fact.fair, { ...posting, cause, sign });
  }

  #count({ figure, copies, revenue, ...fact }: BookFact, sign: 1 | -1): void {
    if (figure === 'sold' || figure === 'donated') {
      const day = this.#dayOf(fact);
      this.#days.put(
        figure === 'sold'
          ? { ...day, copies: exact(day.copies + sign * copies), revenue: exact(day.revenue + sign * revenue) }
          : { ...day, donated: exact(day.donated + sign * copies) },
      );
    } else {
      this.#exhibitors.change(fact, { [figure]: this.#exhibitors.of(fact)[figure] + sign * copies });
    }
    for (const { title, copies: sold } of fact.titles) this.#titles.addSold({ fair: fact.fair, title }, sign * sold);
  }

  /** The latest statement by (occurredAt, id) replaces the earlier ones. */
  #state(statement: BookDay): void {
    const day = this.#dayOf(statement);
    if (day.statement !== null && byOccurrence(statedAt(day), statedAt(statement)) >= 0) return;
    const { copies, revenue, donated } = day;
    this.#days.put({ ...statement, copies, revenue, donated });
  }

  #dayOf({ fair, exhibitor, day }: DayName): BookDay {
    return this.#days.one({ fair, exhibitor, day }) ?? { ...emptyDay, fair, exhibitor, day };
  }
}

export function* titlesOf(facts: Iterable<BookFact>): Iterable<Pick<Title, 'fair' | 'title'>> {
  for (const { fair, titles } of facts) for (const { title } of titles) yield { fair, title };
}

/** @throws RangeError for a sum that could not be read back */
function exact(sum: number): number {
  if (!Number.isSafeInteger(sum)) throw new RangeError(`${sum} is not an integer that a number holds exactly`);
  return sum;
}

const statedAt = ({ stated_at, statement }: BookDay) => ({ occurredAt: stated_at ?? 0, id: statement ?? '' });

const emptyDay = {
  copies: 0,
  revenue: 0,
  donated: 0,
  stated_copies: null,
  stated_revenue: null,
  stated_donated: null,
  statement: null,
  stated_at: null,
  statement_position: null,
};

function statementOf(event: FairEvent): BookDay | undefined {
  if (event.type !== 'DailyFiguresStated') return undefined;
  const { exhibitor, day, statement, copiesSold, revenue, copiesDonated } = event.data;
  return {
    ...emptyDay,
    fair: event.meta.fair,
    exhibitor,
    day,
    stated_copies: copiesSold,
    stated_revenue: revenue,
    stated_donated: copiesDonated,
    statement,
    stated_at: event.occurredAt,
    statement_position: event.position,
  };
}
