import { z } from 'zod';
import { Code, Id, line, namelessHint, Reason } from './fields.ts';

export const exhibitorKinds = ['publisher', 'distributor', 'bookshop', 'library', 'school', 'other'] as const;
const ExhibitorKind = z.enum(exhibitorKinds);

/** Where an exhibitor stands on the way from application to settlement. */
export const applicationStatuses = [
  'draft',
  'submitted',
  'changes-requested',
  'resubmitted',
  'approved',
  'waitlisted',
  'declined',
  'assigned',
  'confirmed',
  'present',
  'absent',
  'closed',
  'settled',
  'withdrawn',
  'cancelled',
] as const;
export type ApplicationStatus = (typeof applicationStatuses)[number];

const standings = applicationStatuses.map((status) => `application-is-${status}` as const);

/** Why a review or a step is refused: the fair is closed, or it may not follow where the application stands. */
export const applicationRefusals = ['fair-closed', ...standings] as const;
export type ApplicationRefusal = (typeof applicationRefusals)[number];

/** The form, less everything personal: representative, contact and a household's 12-digit number are in the vault. */
export const ApplicationForm = z.strictObject({
  name: line(200),
  shortName: line(60),
  kind: ExhibitorKind,
  taxCode: z
    .string()
    .regex(/^\d{10}(-?\d{3})?$/, 'must be 10 digits, or 10 and 3; a 12-digit number goes into contact.citizenNumber')
    .optional(),
  licence: line(60).optional(),
  province: z.string().regex(/^\d{2}$/, 'must be a two-digit province code'),
  boothType: z.enum(['standard', 'corner', 'open', 'outdoor']),
  boothsWanted: z.int().min(1).max(50),
  powerWatts: z.int().min(0).max(50_000).default(0),
  staff: z.int().min(0).max(500).default(0),
  activities: line(1000, 0).default('').describe(namelessHint),
  /** Which text of the commitments was accepted. */
  commitments: z.strictObject({ version: line(40) }),
});
export type ApplicationForm = z.infer<typeof ApplicationForm>;

const form = { application: Id, form: ApplicationForm, representative: Id.nullable() };
const step = { application: Id, step: Id };
const review = { application: Id, review: Id };

export const applicationEvents = {
  /** `step` is there where a draft was written again, or submitted later. */
  ApplicationDrafted: z.strictObject({ ...form, step: Id.optional() }),
  ApplicationSubmitted: z.strictObject({ ...form, step: Id.optional() }),
  ApplicationResubmitted: z.strictObject({ ...form, step: Id }),
  ChangesRequested: z.strictObject({ ...review, reason: Reason }),
  ApplicationApproved: z.strictObject(review),
  ApplicationDeclined: z.strictObject({ ...review, reason: Reason }),
  ApplicationWaitlisted: z.strictObject({ ...review, reason: Reason.optional() }),
  /** What the booth's stream decided, told to the exhibitor by a reaction. */
  BoothGranted: z.strictObject({ application: Id, assignment: Id, booth: Code }),
  /** Booths held are those granted less those taken back, by assignment, in whatever order the two arrive. */
  BoothTakenBack: z.strictObject({ application: Id, release: Id, assignment: Id, booth: Code }),
  ParticipationConfirmed: z.strictObject(step),
  /** The booth was taken over: from here on the organisation is present (đơn vị tham gia). */
  BoothTakenOver: z.strictObject(step),
  ExhibitorAbsent: z.strictObject(step),
  ApplicationWithdrawn: z.strictObject({ ...step, reason: Reason.optional() }),
  ApplicationCancelled: z.strictObject({ ...step, reason: Reason }),
  ParticipationClosed: z.strictObject(step),
  ParticipationSettled: z.strictObject(step),
};
