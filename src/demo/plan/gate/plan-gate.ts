import { byMoment } from '../calendar.ts';
import { Chance } from '../chance.ts';
import type { FixedIds } from '../fixed-ids.ts';
import type { PlanOptions } from '../options.ts';
import { arrivalsOf, walkInsOf } from './counts.ts';
import { type Device, planDevices } from './devices.ts';
import type { GateFact } from './facts.ts';
import { type Group, planGroups } from './groups.ts';
import { type Pass, planParties } from './parties.ts';
import { scansOf } from './scans.ts';
import { slotsOf } from './slots.ts';
import { planStaff } from './staff.ts';
import { wrongCodes } from './wrong-codes.ts';

export type GatePlan = {
  readonly devices: readonly Device[];
  readonly groups: readonly Group[];
  /** Every pass that is issued or taken, those that open no gate included. */
  readonly passes: readonly Pass[];
  /** In the order in which they really happened. */
  readonly facts: readonly GateFact[];
};

/** Everybody who comes through the gates in three days, and everything the gates write down about it. */
export function planGate(options: PlanOptions, ids: FixedIds): GatePlan {
  const chance = new Chance(options.seed, 'gate');
  const devices = planDevices(options, ids);
  const world = { devices, chance, ids };
  const slots = slotsOf(options);
  const { groups, left } = planGroups(options, slots, ids);
  const visitors = planParties(left, options, ids);
  const parties = [...visitors.passes, ...planStaff(options, chance, ids)];
  const good = distinct(parties.map(({ pass }) => pass));
  const wrong = wrongCodes(slots, good, world);
  const facts = [
    ...groups.flatMap((group) => arrivalsOf(group, world)),
    ...visitors.walkIns.flatMap((party, key) => walkInsOf(party, key, world)),
    ...parties.flatMap((party) => scansOf(party, world)),
    ...wrong,
  ];
  const flawed = wrong.flatMap(({ showing }) => (showing.kind === 'code' ? [showing.pass] : []));
  return { devices, groups, passes: [...good, ...flawed], facts: facts.sort(byMoment) };
}

const distinct = (passes: readonly Pass[]): Pass[] => [...new Map(passes.map((pass) => [pass.id, pass])).values()];
