import { closes, dayOf, minutes, momentAt, seconds } from '../calendar.ts';
import type { Chance } from '../chance.ts';
import type { FixedIds } from '../fixed-ids.ts';
import { type Device, deviceAt } from './devices.ts';
import type { GateFact, Scan, Shown, Void } from './facts.ts';

type World = { readonly devices: readonly Device[]; readonly chance: Chance; readonly ids: FixedIds };
type Around = (entry: Scan, world: World) => GateFact[];

const again: Shown = { outcome: 'admitted-again' };
const inside: Shown = { outcome: 'refused', reason: 'already-inside' };

/** What happens around an entry, in shares of all entries (domain §7). */
export const aroundEntry: Around = (entry, world) => {
  const { chance } = world;
  const wayOut = entry.device.gate === 'G3' && chance.happens(0.3);
  const noise = chance.weighted<Around>([
    [() => [], 93.5],
    [scannedAgain, 3],
    [readTwice, 2],
    [mistakenBefore, 1],
    [voidedTooLate, 0.5],
  ]);
  const facts = wayOut ? outAndBack(entry, world) : noise(entry, world);
  return facts.every(({ at }) => at < momentAt(dayOf(entry.at), closes)) ? facts : [];
};

/** The same person once more: at a gate that scans exits that is refused, elsewhere it is an entry and no visit. */
const scannedAgain: Around = (entry, world) => {
  const { devices, chance, ids } = world;
  const fact = (device: Device, at: number) => ({ ...entry, id: ids('again', entry.id, at), device, at });
  if (entry.device.gate === 'G3')
    return [{ ...fact(entry.device, entry.at + minutes(chance.between(2, 20))), shown: inside, means: 'refused' }];
  if (chance.happens(0.5))
    return [{ ...fact(entry.device, entry.at + minutes(chance.between(2, 60))), shown: again, means: 'again' }];
  const other = deviceAt(devices, entry.device.gate === 'G1' ? 'G2' : 'G1', chance);
  return [{ ...fact(other, entry.at + minutes(chance.between(1, 9))), shown: again, means: 'conflict' }];
};

/** The camera reads the code a second time within 30 seconds. */
const readTwice: Around = (entry, { chance, ids }) => {
  const at = entry.at + seconds(chance.between(3, 25));
  const shown = entry.device.gate === 'G3' ? inside : again;
  return [{ ...entry, id: ids('repeat', entry.id, at), at, shown, means: 'repeat' }];
};

/** Scanned by mistake, undone at once; the entry that counts comes after it. */
const mistakenBefore: Around = (entry, { chance, ids }) => {
  const at = entry.at - seconds(chance.between(60, 300));
  const mistake: Scan = { ...entry, id: ids('mistake', entry.id, at), at, means: 'mistake' };
  return [mistake, voidOf(mistake, at + seconds(chance.between(5, 40)), ids)];
};

/** An undo by the same device, but more than 15 minutes later: it takes no effect. */
const voidedTooLate: Around = (entry, { chance, ids }) => [
  { ...voidOf(entry, entry.at + minutes(chance.between(17, 40)), ids), means: 'too-late' },
];

const outAndBack: Around = (entry, { chance, ids }) => {
  const at = entry.at + minutes(chance.between(20, 150));
  const out: Scan = {
    ...entry,
    id: ids('out', entry.id, at),
    at,
    direction: 'out',
    shown: { outcome: 'left' },
    means: 'left',
  };
  const returns = at + minutes(chance.between(10, 40));
  const back: Scan = { ...entry, id: ids('back', entry.id, returns), at: returns, shown: again, means: 'again' };
  return chance.happens(0.2) ? [out, back] : [out];
};

export const voidOf = (of: Void['of'], at: number, ids: FixedIds): Void => ({
  kind: 'void',
  id: ids('void', of.id, at),
  at,
  device: of.device,
  of,
  reason: 'Bấm nhầm',
  means: 'takes-effect',
});
