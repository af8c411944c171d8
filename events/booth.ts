import { z } from 'zod';
import { applicationRefusals } from './application.ts';
import { Code, Id, line, namelessHint, Reason } from './fields.ts';

/** Where a booth stands on its site's plan, in grid cells. */
export const BoothPlan = z.strictObject({
  site: Code,
  label: line(60).optional().describe(namelessHint),
  type: z.enum(['standard', 'corner', 'open', 'outdoor']),
  column: z.int().min(0).max(500),
  row: z.int().min(0).max(500),
  width: z.int().min(1).max(50).default(1),
  height: z.int().min(1).max(50).default(1),
});
export type BoothPlan = z.infer<typeof BoothPlan>;

/** Why something about a booth is refused; each list is closed. */
export const planRefusals = ['fair-closed', 'already-planned'] as const;
export const boothChangeRefusals = ['fair-closed', 'booth-assigned'] as const;
export const assignmentRefusals = [
  'booth-assigned',
  'booth-reserved',
  'booth-blocked',
  'unknown-exhibitor',
  ...applicationRefusals,
] as const;
export const releaseRefusals = ['fair-closed', 'assignment-over'] as const;

export const boothEvents = {
  BoothPlanned: z.strictObject({ booth: Code, plan: BoothPlan }),
  /** Reserved and blocked booths cannot be assigned; available ones can. */
  BoothChanged: z.strictObject({
    booth: Code,
    change: Id,
    plan: BoothPlan.optional(),
    state: z.enum(['available', 'reserved', 'blocked']).optional(),
    reason: Reason.optional(),
  }),
  /** The one and only statement of who has a booth. */
  BoothAssigned: z.strictObject({ booth: Code, assignment: Id, exhibitor: Id }),
  /** Ends one assignment, so that a late release can never end the next one. */
  BoothReleased: z.strictObject({ booth: Code, release: Id, assignment: Id, exhibitor: Id, reason: Reason }),
};
