import { closes, dayOf, minutes, momentAt } from './calendar.ts';
import type { Entry } from './expected-visits.ts';
import type { GateFact } from './gate/facts.ts';

/** The most persons who were inside at the end of a minute: entries less exits, nobody after a day's closing. */
export function peakInside(entries: readonly Entry[], facts: readonly GateFact[]): number {
  const exits = facts.flatMap((fact) =>
    fact.kind === 'scan' && fact.means === 'left' ? [{ at: fact.at, persons: -fact.persons }] : [],
  );
  const moves = [...entries, ...exits].filter(({ at }) => at < momentAt(dayOf(at), closes));
  const byMinute = Map.groupBy(moves, ({ at }) => Math.floor(at / minutes(1)));
  let [day, inside, peak] = ['', 0, 0];
  for (const [minute, moved] of [...byMinute].sort(([a], [b]) => a - b)) {
    const today = dayOf(minute * minutes(1));
    inside = moved.reduce((sum, { persons }) => sum + persons, today === day ? inside : 0);
    day = today;
    peak = Math.max(peak, inside);
  }
  return peak;
}
