import { z } from 'zod';
import { Role } from '../../events/envelope.ts';
import { Time } from './answers.ts';

/** Of a one-time link (used up by this) or of an application's or a group's own link. */
export const SessionRequest = z.strictObject({ secret: z.string().min(1).max(200) });

export const Session = z.object({
  role: Role,
  /** The only fair it is good for; null for the owner. */
  fair: z.string().nullable(),
  expiresAt: Time,
});

export const SignOut = z.strictObject({});
