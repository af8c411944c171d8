import type { Movement } from './expected.ts';
import { localDay } from './visits.ts';

const minuteMs = 60_000;

/**
 * Who is inside: minute by minute, and never fewer than nobody.
 * @param now ms since 1970
 * @returns the persons, and today's movements that make them
 */
export function insideNow(
  moved: readonly Movement[],
  now: number,
): readonly [persons: number, today: readonly Movement[]] {
  const today = moved.filter(({ at }) => localDay(at) === localDay(now));
  const minutes = Map.groupBy(today, ({ at }) => Math.floor(at / minuteMs));
  let persons = 0;
  for (const [, movements] of [...minutes].sort(([a], [b]) => a - b)) {
    const net = movements.reduce((sum, each) => sum + (each.direction === 'in' ? each.persons : -each.persons), 0);
    persons = Math.max(0, persons + net);
  }
  return [persons, today];
}
