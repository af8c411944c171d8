import type { EventOf, FairEvent } from '../../events/catalogue.ts';
import { ofType, unvoided } from './facts.ts';

/** Sales, and what came back of them. A sale that was undone never was, so nothing came back of it. */
export function tradeOf(facts: readonly FairEvent[]): {
  readonly sales: readonly EventOf<'SaleRecorded'>[];
  readonly returns: readonly EventOf<'SaleReturned'>[];
} {
  const all = ofType(facts, 'SaleRecorded');
  const sales = unvoided(facts, all, ({ data }) => ({ kind: 'sale', id: data.sale }));
  const undone = new Set(all.filter((sale) => !sales.includes(sale)).map(({ data }) => data.sale));
  const returns = unvoided(facts, ofType(facts, 'SaleReturned'), ({ data }) => ({ kind: 'return', id: data.return }));
  return { sales, returns: returns.filter(({ data }) => !undone.has(data.sale)) };
}
