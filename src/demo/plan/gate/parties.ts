import type { Category } from '../../../../events/fields.ts';
import { byMoment, type FairDay, morning } from '../calendar.ts';
import { Chance, type NonEmpty } from '../chance.ts';
import { gates, type GateCode } from '../fair-settings.ts';
import type { FixedIds } from '../fixed-ids.ts';
import type { PlanOptions } from '../options.ts';
import { momentIn, type Slot } from './slots.ts';

/** A pass (thẻ tham dự). `poster`: the visitor took it from the gate's poster on the own phone; else the organiser issued it. */
export type Pass = {
  readonly id: string;
  readonly category: Category;
  readonly partySize: number;
  readonly from: 'organiser' | 'poster';
  /** Why it opens no gate, where it does not. */
  readonly flaw?: 'revoked' | 'not-yet-valid' | 'expired';
};

type Coming = { readonly at: number; readonly gate: GateCode; readonly persons: number };
/** People who come together and are visits for the first time that day. */
export type PassParty = Coming & { readonly pass: Pass; readonly again: 'first-day' | 'later-day' };
export type WalkInParty = Coming & { readonly category: Category };

const walkInShare = 0.3;
const returningShare = 0.12;
const posterShare = 0.25;

/** Fills what the school groups left of each slot with people without a pass, and with passes, to the last person. */
export function planParties(
  slots: readonly Slot[],
  options: PlanOptions,
  ids: FixedIds,
): { passes: PassParty[]; walkIns: WalkInParty[] } {
  const chance = new Chance(options.seed, 'parties');
  const passes: PassParty[] = [];
  const walkIns: WalkInParty[] = [];
  for (const slot of slots) {
    const counted = Math.floor(slot.persons * walkInShare);
    walkIns.push(...planWalkIns(slot, counted, chance));
    passes.push(...planPasses(slot, { persons: slot.persons - counted, earlier: passes }, chance, ids));
  }
  return { passes: passes.sort(byMoment), walkIns: walkIns.sort(byMoment) };
}

/** Presses of +1, +5 and +10. */
function planWalkIns(slot: Slot, persons: number, chance: Chance): WalkInParty[] {
  const parties: WalkInParty[] = [];
  for (let left = persons; left > 0;) {
    const press = chance.weighted([
      [1, 6],
      [5, 2],
      [10, 1],
    ]);
    const counted = press <= left ? press : 1;
    const category = chance.weighted<Category>([
      ['individual', 7],
      ['family', 2],
      ['pupil', 1],
    ]);
    parties.push({ at: momentIn(slot, chance), gate: anyGate(chance), persons: counted, category });
    left -= counted;
  }
  return parties;
}

type Wanted = { readonly persons: number; readonly earlier: readonly PassParty[] };

function planPasses(slot: Slot, { persons, earlier }: Wanted, chance: Chance, ids: FixedIds): PassParty[] {
  const parties: PassParty[] = [];
  const free = passesOfOtherDays(earlier, slot.day, chance);
  for (let left = persons; left > 0;) {
    const known = chance.happens(returningShare) ? free.pop() : undefined;
    const pass = known ?? newPass(`${slot.day} ${slot.hours[0][0][0]} ${parties.length}`, left, chance, ids);
    const letIn = Math.min(left, known && chance.happens(0.3) ? chance.between(1, pass.partySize) : pass.partySize);
    parties.push({
      at: momentIn(slot, chance),
      gate: anyGate(chance),
      persons: letIn,
      pass,
      again: known ? 'later-day' : 'first-day',
    });
    left -= letIn;
  }
  return parties;
}

/** Passes of earlier days that may come once more; those of the day itself have been counted on it already. */
function passesOfOtherDays(earlier: readonly PassParty[], day: FairDay, chance: Chance): Pass[] {
  const today = Date.parse(`${day}T00:00:00+07:00`);
  const usedToday = new Set(earlier.filter(({ at }) => at >= today).map(({ pass }) => pass.id));
  const others = new Map(earlier.filter(({ pass }) => !usedToday.has(pass.id)).map(({ pass }) => [pass.id, pass]));
  return chance.shuffled([...others.values()]);
}

/** Whoever comes without a pass of their own takes one from the poster, as many individuals as they are. */
function newPass(key: string, partySizeMax: number, chance: Chance, ids: FixedIds): Pass {
  const id = ids('pass', key, morning);
  if (chance.happens(posterShare)) {
    const partySize = Math.min(chance.weighted(atThePoster), partySizeMax);
    return { id, category: 'individual', partySize, from: 'poster' };
  }
  const category = chance.weighted<Category>([
    ['individual', 55],
    ['family', 26],
    ['pupil', 14],
    ['delegate', 5],
  ]);
  const partySize = category === 'family' ? Math.min(chance.between(2, 5), partySizeMax) : 1;
  return { id, category, partySize, from: 'organiser' };
}

const atThePoster: NonEmpty<readonly [partySize: number, weight: number]> = [
  [1, 70],
  [2, 22],
  [3, 8],
];

const gateShares: NonEmpty<readonly [GateCode, number]> = [
  [gates[0].code, gates[0].share],
  [gates[1].code, gates[1].share],
  [gates[2].code, gates[2].share],
];
export const anyGate = (chance: Chance): GateCode => chance.weighted(gateShares);
