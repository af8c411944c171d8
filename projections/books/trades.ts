import type { ProjectedFact } from '../../events/catalogue.ts';
import { voidTakesEffect } from '../../src/domain/void.ts';
import type { StateRules } from '../stream-states.ts';
import { bookFactOf, bookVoidOf } from './facts.ts';
import type { BookFact, BookVoid } from './tables.ts';

/** What stands in one stream: a sale with what came back of it, or a stock entry, and the undos of them. */
export type Trade = {
  readonly fair: string;
  /** As they were judged last, which is how they count; in no order. */
  readonly facts: readonly BookFact[];
  /** Not judged yet. */
  readonly fresh: readonly BookFact[];
  readonly voids: readonly BookVoid[];
};

export const trades: StateRules<Trade> = {
  keyOf: (event) => (isAboutTrade(event) ? event.stream : undefined),
  after: (before, event) => {
    const trade = before ?? { fair: event.meta.fair, facts: [], fresh: [], voids: [] };
    const fact = bookFactOf(event);
    if (fact) return isIn(trade, fact) ? trade : { ...trade, fresh: [...trade.fresh, fact] };
    const undo = bookVoidOf(event);
    return undo ? { ...trade, voids: [...trade.voids, undo] } : trade;
  },
  sizeOf: ({ facts }) => facts.length,
};

/**
 * Says of all facts of one trade which of them are undone. What came back of a sale that is undone was never sold, so it
 * takes nothing away either.
 */
export function judgeTrade({ facts, fresh, voids }: Trade): BookFact[] {
  const all = [...facts, ...fresh];
  if (voids.length === 0) return all;
  const undone = new Set(all.filter((fact) => isUndone(fact, voids)));
  const undoneSales = new Set([...undone].filter(({ kind }) => kind === 'sale').map(({ id }) => id));
  return all.map((fact) => {
    const is_voided = undone.has(fact) || (fact.sale !== null && undoneSales.has(fact.sale));
    return is_voided === fact.is_voided ? fact : { ...fact, is_voided };
  });
}

const isUndone = (target: BookFact, voids: readonly BookVoid[]): boolean =>
  voids.some(
    (undo) =>
      undo.kind === target.kind &&
      undo.target === target.id &&
      isAbout(undo, target) &&
      voidTakesEffect(authored(undo), authored(target)),
  );

/** Where an undo names a sale, it is about a return of that one alone. */
const isAbout = (undo: Pick<BookVoid, 'sale'>, target: Pick<BookFact, 'sale'>): boolean =>
  undo.sale === null || undo.sale === target.sale;

const authored = ({
  author_role,
  author_id,
  occurred_at,
}: Pick<BookVoid, 'author_role' | 'author_id' | 'occurred_at'>) => ({
  actor: { role: author_role, id: author_id },
  occurredAt: occurred_at,
});

/** The same fact twice is one. */
const isIn = ({ facts, fresh }: Trade, { kind, id }: BookFact): boolean =>
  [facts, fresh].some((known) => known.some((fact) => fact.kind === kind && fact.id === id));

const tradeKinds: readonly string[] = ['sale', 'return', 'stock-entry'];

const isAboutTrade = (event: ProjectedFact): boolean =>
  event.type === 'SaleRecorded' ||
  event.type === 'SaleReturned' ||
  event.type === 'StockRecorded' ||
  (event.type === 'FactVoided' && tradeKinds.includes(event.data.kind));
