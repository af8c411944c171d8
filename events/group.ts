import { z } from 'zod';
import { Code, Id, line, LocalDay, Persons, place } from './fields.ts';

/** What a school registers. Quantities only: no pupil's name, class list or image. */
export const GroupDetails = z.strictObject({
  school: line(200),
  level: z.enum(['preschool', 'primary', 'lower-secondary', 'upper-secondary', 'university', 'other']),
  classes: z.int().min(0).max(200),
  persons: Persons,
  day: LocalDay,
  site: Code,
  /** Local start of the time slot, HH:mm. */
  slot: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
});
export type GroupDetails = z.infer<typeof GroupDetails>;

export const groupEvents = {
  /** `leader` refers to a contact in the vault. */
  GroupRegistered: z.strictObject({ group: Id, details: GroupDetails, leader: Id.nullable() }),
  GroupChanged: z.strictObject({ group: Id, change: Id, details: GroupDetails }),
  /** The actual headcount at the gate; a group may come in several parts. */
  GroupArrived: z.strictObject({ group: Id, arrival: Id, ...place, persons: Persons }),
};
