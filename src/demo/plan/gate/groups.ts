import type { GroupDetails } from '../../../../events/group.ts';
import { minutes, morning, slotOf } from '../calendar.ts';
import { Chance, type NonEmpty } from '../chance.ts';
import { gates, type GateCode, site } from '../fair-settings.ts';
import type { FixedIds } from '../fixed-ids.ts';
import { bacNinh2022, type PlanOptions, scaled } from '../options.ts';
import { split } from '../shares.ts';
import { inventSchools } from './schools.ts';
import { endOf, schoolMomentIn, type Slot } from './slots.ts';

/** A school group (đoàn trường): what it registered, how it changed its mind, and in how many parts it came. */
export type Group = {
  readonly id: string;
  readonly details: GroupDetails;
  readonly change: { readonly id: string; readonly details: GroupDetails } | null;
  /** Empty for a group that registered and never came. */
  readonly arrivals: readonly { readonly at: number; readonly gate: GateCode; readonly persons: number }[];
};

/** Pupils who come with their school, and groups, in the acceptance scenario. */
const pupils = 3_300;
const groups = 70;

/**
 * The groups that come with all pupils of the scenario, one more that does not come, and what each slot has left for
 * everybody else.
 */
export function planGroups(
  options: PlanOptions,
  slots: NonEmpty<Slot>,
  ids: FixedIds,
): { groups: Group[]; left: Slot[] } {
  const chance = new Chance(options.seed, 'groups');
  const [first] = slots;
  const count = scaled(options, groups, { least: 6 });
  const all = Math.round((options.visits * pupils) / bacNinh2022.visits);
  const sizes = split(
    all,
    Array.from({ length: count }, () => chance.between(75, 125)),
  );
  // Some schools send two groups.
  const schools = inventSchools(Math.ceil(count * 0.93), chance);
  const open = slots.map((slot) => ({ slot, wanted: (slot.persons * all) / options.visits, left: slot.persons }));
  const coming = sizes.map((persons, index) => {
    const most = open.reduce((best, each) => (each.wanted > best.wanted ? each : best));
    most.wanted -= persons;
    most.left -= persons;
    return planGroup({ index, persons, slot: most.slot, schools }, chance, ids);
  });
  const absent = planGroup({ index: count, persons: 40, slot: first, schools }, chance, ids);
  return {
    groups: [...coming, { ...absent, arrivals: [] }],
    left: open.map(({ slot, left }) => ({ ...slot, persons: left })),
  };
}

type Draft = { index: number; persons: number; slot: Slot; schools: readonly Pick<GroupDetails, 'school' | 'level'>[] };

function planGroup({ index, persons, slot, schools }: Draft, chance: Chance, ids: FixedIds): Group {
  const id = ids('group', index, morning);
  const school = schools[index % schools.length] ?? { school: 'Trường Tiểu học', level: 'primary' };
  const at = schoolMomentIn(slot, chance);
  const details: GroupDetails = {
    ...school,
    classes: Math.max(1, Math.round(persons / 42)),
    persons: Math.max(1, persons + chance.between(-4, 5)),
    day: slot.day,
    site,
    slot: slotOf(at),
  };
  const change = { id: ids('group-change', index, morning), details: { ...details, persons: details.persons + 3 } };
  const gate = chance.weighted([
    [gates[0].code, 3],
    [gates[1].code, 2],
  ]);
  return {
    id,
    details,
    change: chance.happens(0.1) ? change : null,
    arrivals: partsOf({ at, gate, persons }, slot, chance),
  };
}

/** One bus in eight comes a little later than the others, while its slot lasts. */
function partsOf(arrival: Group['arrivals'][number], slot: Slot, chance: Chance): Group['arrivals'] {
  const later = arrival.at + minutes(chance.between(3, 9));
  if (arrival.persons < 8 || !chance.happens(0.125) || later >= endOf(slot)) return [arrival];
  const first = Math.ceil(arrival.persons / 2);
  return [
    { ...arrival, persons: first },
    { ...arrival, at: later, persons: arrival.persons - first },
  ];
}
