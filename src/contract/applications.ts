import { z } from 'zod';
import { ApplicationForm, applicationRefusals, applicationStatuses } from '../../events/application.ts';
import { Code, Id, Reason } from '../../events/fields.ts';
import { Position, refused, Time } from './answers.ts';
import { Contact } from './contact.ts';
import { RepeatKey } from './repeat-key.ts';

/** A new application (phiếu đăng ký tham gia). What is personal is in `contact` and goes into the vault. */
export const ApplicationBody = z.strictObject({
  as: z.enum(['draft', 'submitted']).default('submitted'),
  form: ApplicationForm,
  contact: Contact.optional().describe('Representative; needed to submit'),
  repeatKey: RepeatKey,
});

const Standing = z.enum(applicationStatuses);
const followed = { outcome: z.literal('recorded'), status: Standing, position: Position };

export const ApplicationRecorded = z.union([
  z.object({
    ...followed,
    /** The application's own link, for whoever applied; not for an organiser, who would see single sales with it. */
    secret: z.string().optional(),
    link: z.string().optional(),
  }),
  refused(applicationRefusals),
]);

export const ReviewBody = z.discriminatedUnion('decision', [
  z.strictObject({ decision: z.literal('approve') }),
  z.strictObject({ decision: z.literal('decline'), reason: Reason }),
  z.strictObject({ decision: z.literal('request-changes'), reason: Reason }),
  z.strictObject({ decision: z.literal('waitlist'), reason: Reason.optional() }),
]);

const written = { form: ApplicationForm, contact: Contact.optional() };

export const StepBody = z.discriminatedUnion('step', [
  z.strictObject({ step: z.literal('drafted'), ...written }),
  z.strictObject({ step: z.literal('submitted'), ...written }),
  z.strictObject({ step: z.literal('resubmitted'), ...written }),
  z.strictObject({ step: z.literal('confirmed') }),
  z.strictObject({ step: z.literal('withdrawn'), reason: Reason.optional() }),
  z.strictObject({ step: z.literal('present') }),
  z.strictObject({ step: z.literal('absent') }),
  z.strictObject({ step: z.literal('cancelled'), reason: Reason }),
  z.strictObject({ step: z.literal('closed') }),
  z.strictObject({ step: z.literal('settled') }),
]);
export type StepName = z.infer<typeof StepBody>['step'];

/** Steps that an applicant takes, or the organiser on its behalf, as by phone; the other ones are the organiser's alone. */
export const applicantSteps: readonly StepName[] = ['drafted', 'submitted', 'resubmitted', 'confirmed', 'withdrawn'];

export const ApplicationFollowed = z.union([z.object(followed), refused(applicationRefusals)]);

/** One thing that happened on an application's way, the latest last. */
const Happened = z.object({ what: z.string(), at: Time, reason: z.string().optional() });

export const Application = z.object({
  application: Id,
  status: Standing,
  form: ApplicationForm,
  /** Codes of the booths it has now. */
  booths: z.array(Code),
  /** Null where none was given, where it was erased, and for a till. */
  contact: Contact.nullable(),
  way: z.array(Happened),
});

/** The queue from its oldest on; ask again with `?from=` the `next` of the answer. */
export const QueueQuery = z.object({
  status: Standing.optional(),
  from: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(200).default(100),
});

export const ApplicationsPage = z.object({
  /** The last log position whose facts are in. */
  position: z.int(),
  applications: z.array(
    z.object({
      application: Id,
      status: Standing,
      form: ApplicationForm,
      booths: z.array(Code),
      changedAt: Time,
      /** Its place in the queue. */
      position: z.int(),
    }),
  ),
  /** Null on the last page. */
  next: z.int().nullable(),
});
