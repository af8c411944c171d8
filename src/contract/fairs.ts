import { z } from 'zod';
import { closedRefusals, closingRefusals, FairSettings, reopeningRefusals } from '../../events/fair.ts';
import { Category, Code, Id, LocalDay, Moment, Reason } from '../../events/fields.ts';
import { Position, refused, Time } from './answers.ts';
import { ownTimes } from './times.ts';

export const FairBody = FairSettings;
export const FairCreated = z.object({
  outcome: z.literal('created'),
  fair: Id,
  revision: z.literal(1),
  position: Position,
});

/** What everybody may know of a fair. The revision is also its ETag. */
export const Fair = z.object({
  fair: Id,
  revision: z.int().min(1),
  /** `closed`: the figures are final. */
  status: z.enum(['running', 'closed']),
  settings: FairSettings,
  /** Checks the signatures of this fair's passes: Ed25519, 32 bytes, base64url. */
  passKey: z.string(),
});

export const RevisionBody = FairSettings;
export const FairRevised = z.union([
  z.object({ outcome: z.literal('revised'), fair: Id, revision: z.int().min(2), position: Position }),
  refused(closedRefusals),
]);

export const CorrectionBody = z.strictObject({
  gate: Code,
  site: Code.optional().describe('The gate’s own where it is not named'),
  day: LocalDay,
  category: Category,
  persons: z
    .int()
    .min(-1_000_000)
    .max(1_000_000)
    .refine((persons) => persons !== 0, 'must not be 0'),
  reason: Reason,
  ...ownTimes,
});
export const CorrectionRecorded = z.union([
  z.object({ outcome: z.literal('recorded'), correction: Id, position: Position }),
  refused(closedRefusals),
]);

export const ClosingBody = z.strictObject({ note: Reason.optional() });
export const FiguresClosed = z.union([
  z.object({ outcome: z.literal('closed'), closing: Id, closedAt: Time, position: Position }),
  refused(closingRefusals),
]);

export const ReopeningBody = z.strictObject({ reason: Reason });
export const FiguresReopened = z.union([
  z.object({ outcome: z.literal('reopened'), reopening: Id, position: Position }),
  refused(reopeningRefusals),
]);

export const AuditGrantBody = z.strictObject({ expiresAt: Moment, reason: Reason });
export const AuditGranted = z.object({
  outcome: z.literal('granted'),
  grant: Id,
  expiresAt: Time,
  position: Position,
});
