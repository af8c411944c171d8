import { closes, dayOf, momentAt } from './calendar.ts';
import type { Entry } from './expected-visits.ts';
import type { GateFact } from './gate/facts.ts';

/** The most persons who were inside at once: entries less exits, nobody after a day's closing. */
export function peakInside(entries: readonly Entry[], facts: readonly GateFact[]): number {
  const exits = facts.flatMap((fact) =>
    fact.kind === 'scan' && fact.means === 'left' ? [{ at: fact.at, persons: -fact.persons }] : [],
  );
  const moves = [...entries, ...exits].filter(({ at }) => at < momentAt(dayOf(at), closes)).sort((a, b) => a.at - b.at);
  let [day, inside, peak] = ['', 0, 0];
  for (const { at, persons } of moves) {
    if (dayOf(at) !== day) [day, inside] = [dayOf(at), 0];
    inside += persons;
    peak = Math.max(peak, inside);
  }
  return peak;
}
