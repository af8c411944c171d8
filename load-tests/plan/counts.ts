import type { Chance } from './chance.ts';
import type { Arrival, WalkIn } from './facts.ts';
import type { Place } from './place.ts';
import type { Moment } from './scans.ts';

/** One press of +1, +5 or +10 by whoever counts people without a pass. */
export function walkInOf({ at, id }: Moment, place: Place, chance: Chance): WalkIn {
  const device = chance.between(0, place.phones.length - 1);
  const gate = place.phones[device]?.gate ?? '';
  const direction = place.isScannedOut(gate) && chance.happens(0.2) ? 'out' : 'in';
  const persons = chance.weighted([
    [1, 60],
    [5, 30],
    [10, 10],
  ]);
  const category = chance.weighted([
    ['individual', 80],
    ['pupil', 17],
    ['press', 3],
  ]);
  return { kind: 'walk-in', id, at, device, gate, direction, category, persons };
}

/** A part of a school's group, counted as it comes in. */
export function arrivalOf({ at, id }: Moment, place: Place, chance: Chance, groups: number): Arrival {
  const device = chance.between(0, place.phones.length - 1);
  const gate = place.phones[device]?.gate ?? '';
  const group = chance.between(0, groups - 1);
  return { kind: 'arrival', id, at, device, gate, group, persons: chance.between(12, 48) };
}
