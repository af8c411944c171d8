import { z } from 'zod';
import { Time } from './answers.ts';

/** Nothing but its address: a device is enrolled as it was registered. */
export const EnrolmentRequest = z.strictObject({});

export const Enrolment = z.object({
  enrolment: z.string(),
  /** For the QR code that the device scans: good once, for ten minutes. */
  secret: z.string(),
  expiresAt: Time,
});

export const EnrolmentUse = z.strictObject({ secret: z.string().min(1).max(200) });

export const Enrolled = z.discriminatedUnion('outcome', [
  z.object({
    outcome: z.literal('enrolled'),
    fair: z.string(),
    device: z.string(),
    /** The device's bearer token, shown this once. */
    token: z.string(),
    position: z.int(),
  }),
  z.object({ outcome: z.literal('refused'), reason: z.literal('revoked') }),
]);
