import { z } from 'zod';
import {
  assignmentRefusals,
  boothChangeRefusals,
  BoothPlan,
  planRefusals,
  releaseRefusals,
} from '../../events/booth.ts';
import { Code, Id, Reason } from '../../events/fields.ts';
import { Position, refused } from './answers.ts';

export const BoothBody = BoothPlan;
export const BoothPlanned = z.union([
  z.object({ outcome: z.literal('planned'), position: Position }),
  refused(planRefusals),
]);

export const BoothChangeBody = z
  .strictObject({
    plan: BoothPlan.optional(),
    state: z.enum(['available', 'reserved', 'blocked']).optional(),
    reason: Reason.optional(),
  })
  .refine(({ plan, state }) => plan !== undefined || state !== undefined, {
    path: ['state'],
    message: 'or a plan is needed: what changes?',
  });
export const BoothChanged = z.union([
  z.object({ outcome: z.literal('changed'), position: Position }),
  refused(boothChangeRefusals),
]);

export const AssignmentBody = z.strictObject({ exhibitor: Id.describe('The application that gets the booth') });
export const BoothAssigned = z.union([
  z.object({ outcome: z.literal('assigned'), booth: Code, exhibitor: Id, position: Position }),
  refused(assignmentRefusals),
]);

/** Names the assignment it ends, so that one that comes late does not end the next. */
export const ReleaseBody = z.strictObject({ assignment: Id, reason: Reason });
export const BoothReleased = z.union([
  z.object({ outcome: z.literal('released'), position: Position }),
  refused(releaseRefusals),
]);

/** The plan (sơ đồ gian hàng), by code. */
export const BoothPlanRead = z.object({
  /** The last log position whose facts are in. */
  position: z.int(),
  booths: z.array(
    z.object({
      booth: Code,
      plan: BoothPlan,
      state: z.enum(['available', 'reserved', 'blocked', 'assigned']),
      /** Names what a release ends; null where nobody has it, or, for an exhibitor, where another one has it. */
      assignment: Id.nullable(),
      exhibitor: z.object({ id: Id, name: z.string() }).nullable(),
    }),
  ),
});
