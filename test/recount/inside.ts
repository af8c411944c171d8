import type { FairSettings } from '../../events/fair.ts';
import { dayOf, timeOf, total } from './facts.ts';
import type { Passage } from './passages.ts';

/** Persons inside each site at the end of the minute of a moment; nobody is inside from the day's closing on. */
export function insideAt(
  passages: readonly Passage[],
  { sites, closes }: FairSettings,
  now: number,
): Record<string, number> {
  const today = passages.filter(({ day, occurredAt }) => day === dayOf(now) && timeOf(occurredAt) <= timeOf(now));
  const inside = (site: string): number => {
    if (timeOf(now) >= closes) return 0;
    const minutes = Map.groupBy(
      today.filter((passage) => passage.site === site),
      ({ minute }) => minute,
    );
    return [...minutes]
      .sort(([a], [b]) => a - b)
      .reduce(
        (before, [, moved]) =>
          Math.max(0, before + total(moved, ({ direction, persons }) => (direction === 'in' ? persons : -persons))),
        0,
      );
  };
  return Object.fromEntries(sites.map(({ code }) => [code, inside(code)]));
}
