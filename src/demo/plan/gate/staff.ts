import type { Category } from '../../../../events/fields.ts';
import { fairDays, minutes, momentAt, morning } from '../calendar.ts';
import type { Chance } from '../chance.ts';
import type { FixedIds } from '../fixed-ids.ts';
import { type PlanOptions, scaled } from '../options.ts';
import { anyGate, type Pass, type PassParty } from './parties.ts';

/** People who work at the fair (metric dictionary, “excluded”); how many there are of each in the acceptance scenario. */
const workers = [
  ['staff', 42],
  ['exhibitor', 66],
  ['press', 9],
  ['contractor', 7],
] as const satisfies readonly (readonly [Category, number])[];

/** Their passes, and their way in each morning; not everybody works every day. */
export function planStaff(options: PlanOptions, chance: Chance, ids: FixedIds): PassParty[] {
  return workers.flatMap(([category, number]) =>
    Array.from({ length: scaled(options, number, { least: 1 }) }, (_, index) => {
      const pass: Pass = { id: ids(`${category}-pass`, index, morning), category, partySize: 1, from: 'organiser' };
      const days = fairDays.filter((day) => day === fairDays[0] || chance.happens(0.8));
      return days.map((day): PassParty => ({
        at: momentAt(day, '06:20') + minutes(chance.between(0, 55)) + chance.between(0, 59_999),
        gate: anyGate(chance),
        persons: 1,
        pass,
        again: day === fairDays[0] ? 'first-day' : 'later-day',
      }));
    }).flat(),
  );
}
