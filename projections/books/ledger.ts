import type { QueryExecutorProvider } from 'kysely';
import type { FairEvent } from '../../events/catalogue.ts';
import { byOccurrence } from '../../src/domain/visits.ts';
import { voidTakesEffect } from '../../src/domain/void.ts';
import type { FoldStart } from '../projection.ts';
import { Rows } from '../rows.ts';
import type { ExhibitorRows } from './exhibitor-rows.ts';
import { bookFactOf, bookReturnOf, bookVoidOf } from './facts.ts';
import * as tables from './tables.ts';
import type { BookDay, BookFact, BookReturn, BookVoid, Title } from './tables.ts';
import { nameOrder, type TitleRows } from './title-rows.ts';

type FactName = Pick<BookFact, 'fair' | 'kind' | 'id'>;
type SaleName = Pick<BookReturn, 'fair' | 'sale'>;
type DayName = Pick<BookDay, 'fair' | 'exhibitor' | 'day'>;

/** Sales, returns, stock entries and daily statements: by exhibitor and day, and by title. */
export class Ledger {
  readonly #facts: Rows<BookFact, 'fair' | 'kind' | 'id'>;
  readonly #returns: Rows<BookReturn, 'fair' | 'sale'>;
  readonly #voids: Rows<BookVoid, 'fair' | 'kind' | 'target'>;
  readonly #days: Rows<BookDay, 'fair' | 'exhibitor' | 'day'>;
  readonly #exhibitors: ExhibitorRows;
  readonly #titles: TitleRows;
  #arrived: readonly BookFact[] = [];
  #undos: readonly BookVoid[] = [];
  #cameBack: readonly BookReturn[] = [];
  /** Sales that this batch may undo, or bring returns of. */
  #sales: readonly SaleName[] = [];
  #statements: readonly BookDay[] = [];

  constructor(start: FoldStart, rows: { readonly exhibitors: ExhibitorRows; readonly titles: TitleRows }) {
    this.#facts = new Rows(tables.bookFacts, ['fair', 'kind', 'id'], start);
    this.#returns = new Rows(tables.bookReturns, ['fair', 'sale'], start);
    this.#voids = new Rows(tables.bookVoids, ['fair', 'kind', 'target'], start);
    this.#days = new Rows(tables.bookDays, ['fair', 'exhibitor', 'day'], start);
    this.#exhibitors = rows.exhibitors;
    this.#titles = rows.titles;
  }

  take(events: readonly FairEvent[]): void {
    this.#arrived = events.flatMap((event) => bookFactOf(event) ?? []);
    this.#undos = events.flatMap((event) => bookVoidOf(event) ?? []);
    this.#cameBack = events.flatMap((event) => bookReturnOf(event) ?? []);
    const named = [...this.#arrived, ...this.#undos.map(targetOf)].filter(({ kind }) => kind === 'sale');
    this.#sales = [...this.#cameBack, ...named.map(({ fair, id }) => ({ fair, sale: id }))];
    this.#statements = events.flatMap((event) => statementOf(event) ?? []);
  }

  /** @returns the facts that may change, which say which exhibitors and titles may */
  async load(db: QueryExecutorProvider): Promise<BookFact[]> {
    await this.#returns.load(db, this.#sales);
    const returns = this.#sales.flatMap((sale) => this.#returns.family(sale));
    const names = [
      ...this.#arrived,
      ...this.#undos.map(targetOf),
      ...this.#sales.map(saleOf),
      ...returns.map(returnOf),
    ];
    await this.#facts.load(db, names);
    await this.#voids.load(
      db,
      names.map(({ fair, kind, id }) => ({ fair, kind, target: id })),
    );
    const facts = [...this.#arrived, ...names.flatMap((name) => this.#facts.family(name))];
    await this.#days.load(db, [...this.#statements, ...facts]);
    return facts;
  }

  apply(): void {
    for (const undo of this.#undos) this.#voids.put(undo);
    for (const fact of this.#arrived) if (this.#facts.family(fact).length === 0) this.#enter(fact);
    for (const undo of this.#undos)
      for (const fact of this.#facts.family(targetOf(undo))) if (this.#isVoided(fact)) this.#strikeOut(fact);
    for (const back of this.#cameBack) this.#returns.put(back);
    for (const sale of this.#sales) this.#judgeReturns(sale);
    for (const statement of this.#statements) this.#state(statement);
  }

  async save(db: QueryExecutorProvider): Promise<void> {
    await this.#facts.save(db);
    await this.#returns.save(db);
    await this.#voids.save(db);
    await this.#days.save(db);
  }

  #enter(fact: BookFact): void {
    const order = nameOrder('sale', { occurredAt: fact.occurred_at, id: fact.id });
    for (const [title, , name] of fact.titles) this.#titles.call({ fair: fact.fair, title }, { name, order });
    this.#facts.put({ ...fact, is_voided: this.#isVoided(fact) });
    if (!this.#isVoided(fact)) this.#count(fact, 1);
  }

  /** What came back of a sale that is undone was never sold, so it takes nothing away either. */
  #judgeReturns(sale: SaleName): void {
    const isUndone = this.#facts.family(saleOf(sale)).some(({ is_voided }) => is_voided);
    if (!isUndone) return;
    for (const back of this.#returns.family(sale))
      for (const fact of this.#facts.family(returnOf(back))) this.#strikeOut(fact);
  }

  #strikeOut(fact: BookFact): void {
    if (fact.is_voided) return;
    this.#facts.put({ ...fact, is_voided: true });
    this.#count(fact, -1);
  }

  #isVoided({ fair, kind, id, ...target }: BookFact): boolean {
    const undos = this.#voids.family({ fair, kind, target: id });
    return undos.some((undo) => isAbout(undo, target) && voidTakesEffect(authored(undo), authored(target)));
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
    for (const [title, sold] of fact.titles) this.#titles.addSold({ fair: fact.fair, title }, sign * sold);
  }

  /** The latest statement by (occurredAt, id) replaces the earlier ones. */
  #state(statement: BookDay): void {
    const day = this.#dayOf(statement);
    if (day.statement !== null && byOccurrence(statedAt(day), statedAt(statement)) >= 0) return;
    const { copies, revenue, donated } = day;
    this.#days.put({ ...statement, copies, revenue, donated });
  }

  #dayOf({ fair, exhibitor, day }: DayName): BookDay {
    return this.#days.family({ fair, exhibitor, day })[0] ?? { ...emptyDay, fair, exhibitor, day };
  }
}

export const titlesOf = (facts: readonly BookFact[]): Pick<Title, 'fair' | 'title'>[] =>
  facts.flatMap(({ fair, titles }) => titles.map(([title]) => ({ fair, title })));

/** @throws RangeError for a sum that could not be read back */
function exact(sum: number): number {
  if (!Number.isSafeInteger(sum)) throw new RangeError(`${sum} is not an integer that a number holds exactly`);
  return sum;
}

const saleOf = ({ fair, sale }: SaleName): FactName => ({ fair, kind: 'sale', id: sale });

const returnOf = ({ fair, id }: BookReturn): FactName => ({ fair, kind: 'return', id });

const targetOf = ({ fair, kind, target }: BookVoid): FactName => ({ fair, kind, id: target });

/** Where an undo names a sale, it is about a return of that one alone. */
const isAbout = (undo: Pick<BookVoid, 'sale'>, target: Pick<BookFact, 'sale'>): boolean =>
  undo.sale === null || undo.sale === target.sale;

const statedAt = ({ stated_at, statement }: BookDay) => ({ occurredAt: stated_at ?? 0, id: statement ?? '' });

const authored = ({
  author_role,
  author_id,
  occurred_at,
}: Pick<BookVoid, 'author_role' | 'author_id' | 'occurred_at'>) => ({
  actor: { role: author_role, id: author_id },
  occurredAt: occurred_at,
});

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
