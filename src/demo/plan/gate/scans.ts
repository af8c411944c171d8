import { dayOf } from '../calendar.ts';
import type { Chance } from '../chance.ts';
import type { FixedIds } from '../fixed-ids.ts';
import { type Device, deviceAt } from './devices.ts';
import type { GateFact, PosterScan, Scan } from './facts.ts';
import { aroundEntry } from './noise.ts';
import type { PassParty } from './parties.ts';

export type World = { readonly devices: readonly Device[]; readonly chance: Chance; readonly ids: FixedIds };

const typedShare = 0.03;

/** The scans of one party on one day: its entry, and what happens around it. */
export function scansOf(party: PassParty, world: World): GateFact[] {
  if (party.pass.from === 'poster' && party.again === 'first-day') return [posterScan(party, world)];
  const entry = entryOf(party, world);
  return [entry, ...aroundEntry(entry, world)];
}

function posterScan({ pass, gate, at, persons }: PassParty, { ids }: World): PosterScan {
  return { kind: 'poster-scan', id: ids('poster-scan', pass.id, at), at, pass, gate, persons, means: 'visit' };
}

function entryOf({ pass, gate, at, persons, again }: PassParty, { devices, chance, ids }: World): Scan {
  return {
    kind: 'scan',
    id: ids('scan', `${pass.id} ${dayOf(at)}`, at),
    at,
    device: deviceAt(devices, gate, chance),
    showing: { kind: pass.from === 'organiser' && chance.happens(typedShare) ? 'typed' : 'code', pass },
    direction: 'in',
    persons,
    shown: { outcome: again === 'first-day' ? 'admitted' : 'admitted-again' },
    means: 'visit',
  };
}
