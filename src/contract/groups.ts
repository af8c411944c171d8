import { z } from 'zod';
import { closedRefusals } from '../../events/fair.ts';
import { Code, Id, Persons } from '../../events/fields.ts';
import { GroupDetails } from '../../events/group.ts';
import { Position, refused, Time } from './answers.ts';
import { Contact } from './contact.ts';
import { RepeatKey } from './repeat-key.ts';
import { deviceTimes } from './times.ts';

/** Quantities, and for the organiser how to reach the leader (trưởng đoàn): no pupil's name, class list or image. */
export const GroupBody = GroupDetails.extend({ leader: Contact.optional(), repeatKey: RepeatKey });
export const GroupRegistered = z.union([
  z.object({
    outcome: z.literal('registered'),
    group: Id,
    /** The group's own link, for whoever registered it. */
    secret: z.string().optional(),
    link: z.string().optional(),
    position: Position,
  }),
  refused(closedRefusals),
]);

export const GroupChangeBody = GroupDetails;
export const GroupChanged = z.union([
  z.object({ outcome: z.literal('changed'), group: Id, position: Position }),
  refused(closedRefusals),
]);

export const ArrivalBody = z.strictObject({
  gate: Code,
  persons: Persons.describe('The actual headcount'),
  ...deviceTimes,
});
export const ArrivalRecorded = z.union([
  z.object({
    outcome: z.literal('arrived'),
    group: Id,
    arrival: Id,
    gate: Code,
    persons: Persons,
    occurredAt: Time,
    position: Position,
  }),
  refused(closedRefusals),
]);
