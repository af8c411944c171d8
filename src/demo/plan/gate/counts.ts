import { minutes, seconds } from '../calendar.ts';
import { deviceAt } from './devices.ts';
import type { Arrival, GateFact, WalkIn } from './facts.ts';
import type { Group } from './groups.ts';
import { voidOf } from './noise.ts';
import type { WalkInParty } from './parties.ts';
import type { World } from './scans.ts';

const mistakeShare = { 'walk-in': 0.02, arrival: 0.06 };

/** One press of a counter, now and then after a wrong press that is undone. */
export function walkInsOf({ at, gate, persons, category }: WalkInParty, key: number, world: World): GateFact[] {
  const { devices, chance, ids } = world;
  const count: WalkIn = {
    kind: 'walk-in',
    id: ids('walk-in', key, at),
    at,
    device: deviceAt(devices, gate, chance),
    category,
    persons,
    means: 'visit',
  };
  return [count, ...undoneBefore(count, { persons: 10 }, world)];
}

/** The headcounts of a group at the gate, now and then after a wrong one that is undone. */
export function arrivalsOf(group: Group, world: World): GateFact[] {
  const { devices, chance, ids } = world;
  return group.arrivals.flatMap(({ at, gate, persons }, part) => {
    const device = deviceAt(devices, gate, chance);
    const arrival: Arrival = {
      kind: 'arrival',
      id: ids('arrival', `${group.id} ${part}`, at),
      at,
      device,
      group,
      persons,
      means: 'visit',
    };
    return [arrival, ...undoneBefore(arrival, { persons: persons * 10 }, world)];
  });
}

function undoneBefore(
  of: WalkIn | Arrival,
  { persons }: { readonly persons: number },
  { chance, ids }: World,
): GateFact[] {
  if (!chance.happens(mistakeShare[of.kind])) return [];
  const at = of.at - seconds(chance.between(20, 90));
  const mistake = { ...of, id: ids('mistake', of.id, at), at, persons, means: 'mistake' as const };
  return [mistake, voidOf(mistake, at + minutes(chance.between(1, 10)), ids)];
}
