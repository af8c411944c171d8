import type { QueryExecutorProvider } from 'kysely';
import type { ProjectedFact } from '../../events/catalogue.ts';
import { byOccurrence } from '../../src/domain/visits.ts';
import { checkMoment } from '../moments.ts';
import type { Posting } from '../page-table.ts';
import { PageWriter } from '../pages.ts';
import type { CauseOf, FoldStart } from '../projection.ts';
import { Rows } from '../rows.ts';
import { StreamStates, streamsGoingOn } from '../stream-states.ts';
import type { ExhibitorRows } from './exhibitor-rows.ts';
import { bookFactOf } from './facts.ts';
import { postingsOf } from './postings.ts';
import * as tables from './tables.ts';
import type { BookDay, BookFact, Title } from './tables.ts';
import { nameOrder, type TitleRows } from './title-rows.ts';
import { judgeTrade, type Trade, trades } from './trades.ts';

type DayName = Pick<BookDay, 'fair' | 'exhibitor' | 'day'>;
type Posted = Pick<Posting, 'cause' | 'sign'> & { readonly isNew: boolean };
type Step = { readonly event: ProjectedFact; readonly cause: number; readonly key: string };

const tradesMax = 4000;

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
    // Few sales are followed by anything, and what does follow one asks for it.
    this.#trades = new StreamStates({ ...start, factsMax: tradesMax }, trades);
    this.#days = new Rows(tables.bookDays, ['fair', 'exhibitor', 'day'], start);
    this.#pages = new PageWriter(tables.bookPages, start);
    this.#exhibitors = rows.exhibitors;
    this.#titles = rows.titles;
  }

  take(events: readonly ProjectedFact[], causeOf: CauseOf): void {
    const batch: Step[] = [];
    for (const event of events) {
      const key = trades.keyOf(event);
      if (key === undefined) continue;
      checkMoment(event);
      batch.push({ event, cause: causeOf(event), key });
    }
    this.#batch = batch;
    this.#statements = events.flatMap((event) => statementOf(event) ?? []);
  }

  /** @returns the facts that may change, which say which exhibitors and titles may */
  async load(db: QueryExecutorProvider): Promise<Iterable<BookFact>> {
    this.#trades.forget();
    const streams = this.#trades.isWhole ? new Set<string>() : streamsGoingOn(this.#batch.map(({ event }) => event));
    await this.#trades.load(streams, (trade) => ({ ...trade, facts: judgeTrade(trade), fresh: [] }));
    await this.#days.load(db, this.#dayNames());
    await this.#pages.load(db, [...new Set(this.#batch.map(({ event }) => event.meta.fair))]);
    return { [Symbol.iterator]: () => this.#touchedFacts() };
  }

  apply(): void {
    for (const { event, cause, key } of this.#batch) {
      const before = event.version === 1 ? undefined : this.#trades.get(key);
      this.#judge(key, trades.after(before, event), cause);
    }
    for (const statement of this.#statements) this.#state(statement);
  }

  async save(db: QueryExecutorProvider): Promise<void> {
    await this.#days.save(db);
    await this.#pages.save(db);
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

  #judge(key: string, trade: Trade, cause: number): void {
    const judged = judgeTrade(trade);
    for (const [index, fact] of judged.entries()) {
      const old = trade.facts[index];
      if (fact === old) continue;
      if (old) this.#post(old, { cause, sign: -1, isNew: false });
      this.#post(fact, { cause, sign: 1, isNew: !old });
    }
    this.#trades.put(key, { ...trade, facts: judged, fresh: [] });
  }

  #post(fact: BookFact, { cause, sign, isNew }: Posted): void {
    if (!fact.is_voided) this.#count(fact, sign);
    if (fact.titles.length > 0) this.#sell(fact, { sign, isNew });
    for (const posting of postingsOf(fact)) this.#pages.add(fact.fair, { ...posting, cause, sign });
  }

  /** What is voided names its titles all the same. */
  #sell(
    { fair, titles, is_voided, occurred_at: occurredAt, id }: BookFact,
    { sign, isNew }: Omit<Posted, 'cause'>,
  ): void {
    const order = () => nameOrder('sale', { occurredAt, id });
    for (const { title, name, copies } of titles)
      this.#titles.sell(
        { fair, title },
        { copies: is_voided ? 0 : sign * copies, called: isNew ? { name, order } : undefined },
      );
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

function statementOf(event: ProjectedFact): BookDay | undefined {
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
