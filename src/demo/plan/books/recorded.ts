import { dayOf } from '../calendar.ts';
import type { BooksFact, SaleLine } from './facts.ts';

/** Net totals recorded fact by fact; what was undone is left out. */
export type Recorded = { readonly copiesSold: number; readonly revenue: number; readonly copiesDonated: number };

const nothing: Recorded = { copiesSold: 0, revenue: 0, copiesDonated: 0 };

/** What an exhibitor recorded on a local day, by the day each fact happened on. */
export const recordedOn = (facts: readonly BooksFact[], exhibitor: string, day: string): Recorded =>
  recordedIn(facts.filter((fact) => fact.exhibitor.id === exhibitor && dayOf(fact.at) === day));

export const recordedIn = (facts: readonly BooksFact[]): Recorded => totalOf(facts.map(effectOf));

export const totalOf = (parts: readonly Recorded[]): Recorded => parts.reduce(added, nothing);

function effectOf(fact: BooksFact): Recorded {
  if (fact.kind === 'sale' && fact.means === 'sold') return { ...nothing, ...sumOf(fact.lines) };
  if (fact.kind === 'return') {
    const { copiesSold, revenue } = sumOf(fact.lines);
    return { ...nothing, copiesSold: -copiesSold, revenue: -revenue };
  }
  if (fact.kind === 'stock-entry' && fact.stock === 'donated' && fact.means === 'counted')
    return { ...nothing, copiesDonated: fact.copies };
  return nothing;
}

const sumOf = (lines: readonly SaleLine[]): { copiesSold: number; revenue: number } => ({
  copiesSold: lines.reduce((sum, { copies }) => sum + copies, 0),
  revenue: lines.reduce((sum, { paid }) => sum + paid, 0),
});

const added = (a: Recorded, b: Recorded): Recorded => ({
  copiesSold: a.copiesSold + b.copiesSold,
  revenue: a.revenue + b.revenue,
  copiesDonated: a.copiesDonated + b.copiesDonated,
});
