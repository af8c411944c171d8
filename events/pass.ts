import { z } from 'zod';
import { Category, Direction, Id, Moment, Persons, place, Reason } from './fields.ts';

/** Why a scan was refused: a closed list (domain, “At the gate”). */
export const refusals = [
  'unknown-pass',
  'other-fair',
  'revoked',
  'not-yet-valid',
  'expired',
  'already-inside',
  'poster-expired',
  'fair-closed',
] as const;
export const Refusal = z.enum(refusals);
export type Refusal = z.infer<typeof Refusal>;

/** Why an issued pass cannot be issued, or an unverified scan not be accepted. */
export const issueRefusals = ['fair-closed', 'already-used'] as const;
export const acceptanceRefusals = ['fair-closed', 'not-unverified', 'voided'] as const;

/** What the pass says of itself; null where a typed short code could not be resolved. */
const scanned = {
  scan: Id,
  pass: Id.nullable(),
  ...place,
  category: Category,
  partySize: Persons,
  source: z.enum(['pass', 'poster']),
  /** Who answered the visitor: the device by itself, or the server. */
  decidedBy: z.enum(['device', 'server']),
  /** Unverified scans count in no figure until the organiser accepts them. */
  trust: z.enum(['verified', 'unverified']),
};

export const passEvents = {
  PassIssued: z.strictObject({
    pass: Id,
    batch: Id.optional(),
    category: Category,
    partySize: Persons,
    validFrom: Moment.optional(),
    validUntil: Moment.optional(),
  }),
  PassRevoked: z.strictObject({ pass: Id, revocation: Id, reason: Reason }),
  /** Somebody was let in. Whether that is a visit is the projection's to say. */
  VisitorCheckedIn: z.strictObject({
    ...scanned,
    persons: Persons,
    outcome: z.enum(['admitted', 'admitted-again']),
    /** The admission that came first, when this is a later one. */
    first: z.strictObject({ occurredAt: Moment, gate: place.gate }).optional(),
  }),
  VisitorCheckedOut: z.strictObject({ ...scanned, persons: Persons }),
  /** A scan that let nobody in, in the pass's stream, or in a scan's own where there is no pass of this fair. */
  ScanRefused: z.strictObject({
    scan: Id,
    pass: Id.nullable(),
    ...place,
    direction: Direction,
    reason: Refusal,
    decidedBy: z.enum(['device', 'server']),
    first: z.strictObject({ occurredAt: Moment, gate: place.gate }).optional(),
  }),
  /** The organiser accepts an unverified scan: from now on it counts. */
  ScanAccepted: z.strictObject({ acceptance: Id, scan: Id }),
};
