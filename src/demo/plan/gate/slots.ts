import type { Chance, NonEmpty } from '../chance.ts';
import { type FairDay, fairDays, momentAt } from '../calendar.ts';
import type { PlanOptions } from '../options.ts';
import { split } from '../shares.ts';

type Hours = readonly [from: string, to: string];

/** A part of a day in which a known number of visits happen. */
export type Slot = {
  readonly day: FairDay;
  readonly persons: number;
  /** Local hours, the end left out, with their share of the slot. */
  readonly hours: NonEmpty<readonly [Hours, weight: number]>;
  /** When school groups come: in the morning, or after the midday rest. */
  readonly schoolHours: Slot['hours'];
};

/** Shares of the acceptance scenario in percent: each day's, and the opening rush's of the first day. */
const dayShares = [50, 27, 23];
const rushShares = [55, 45];

const rush: Slot['hours'] = [
  [['07:30', '07:45'], 30],
  [['07:45', '08:00'], 45],
  [['08:00', '08:15'], 25],
];
const afterTheRush: Slot['hours'] = [
  [['08:15', '11:00'], 45],
  [['11:00', '14:00'], 12],
  [['14:00', '17:30'], 28],
  [['17:30', '20:30'], 15],
];
const schoolDay: Slot['hours'] = [
  [['08:15', '10:30'], 70],
  [['14:00', '16:00'], 30],
];
const ordinaryDay: Slot['hours'] = [
  [['07:20', '09:30'], 42],
  [['09:30', '11:30'], 18],
  [['11:30', '14:00'], 8],
  [['14:00', '17:00'], 20],
  [['17:00', '20:30'], 12],
];

/** The fair's visits by part of day; they add up to `options.visits` (metric dictionary, acceptance scenario). */
export function slotsOf(options: PlanOptions): NonEmpty<Slot> {
  const [first = 0, second = 0, third = 0] = split(options.visits, dayShares);
  const [rushed = 0, later = 0] = split(first, rushShares);
  return [
    { day: fairDays[0], persons: rushed, hours: rush, schoolHours: rush },
    { day: fairDays[0], persons: later, hours: afterTheRush, schoolHours: schoolDay },
    { day: fairDays[1], persons: second, hours: ordinaryDay, schoolHours: schoolDay },
    { day: fairDays[2], persons: third, hours: ordinaryDay, schoolHours: schoolDay },
  ];
}

/** A moment inside the slot's hours, more of them where more people come. */
export const momentIn = (slot: Slot, chance: Chance): number => momentOf(slot, slot.hours, chance);

/** A moment at which a school group comes. */
export const schoolMomentIn = (slot: Slot, chance: Chance): number => momentOf(slot, slot.schoolHours, chance);

function momentOf(slot: Slot, hours: Slot['hours'], chance: Chance): number {
  const [from, to] = chance.weighted(hours);
  return chance.between(momentAt(slot.day, from), momentAt(slot.day, to) - 1);
}

/** The moment at which the slot is over. */
export const endOf = (slot: Slot): number => Math.max(...slot.hours.map(([[, to]]) => momentAt(slot.day, to)));
