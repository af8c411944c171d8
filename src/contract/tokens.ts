import { z } from 'zod';
import { Id, Moment } from '../../events/fields.ts';
import { Time } from './answers.ts';

const named = z.strictObject({
  /** A token for a program, or a one-time link that a browser signs in with. */
  as: z.enum(['token', 'link']),
  /** A link is good for a day unless told; a token until it is revoked. */
  expiresAt: Moment.optional(),
});

/** Whoever gets it is an organiser, an auditor or a viewer of the fair, or stands for an exhibitor. */
export const TokenRequest = z.discriminatedUnion('role', [
  named.extend({ role: z.literal('organiser') }),
  named.extend({ role: z.literal('auditor') }),
  named.extend({ role: z.literal('viewer') }),
  named.extend({ role: z.literal('exhibitor'), exhibitor: Id }),
  named.extend({ role: z.literal('till'), exhibitor: Id }),
]);

export const Token = z.object({
  token: z.string(),
  role: z.string(),
  /** Shown to whoever asked for it, and kept nowhere. */
  secret: z.string(),
  /** Where a link leads; its secret stands behind the `#`, so that no server log ever has it. */
  link: z.string().optional(),
  /** Null for one that is good until it is revoked. */
  expiresAt: Time.nullable(),
});

export const TokenRevocation = z.strictObject({});
export const TokenRevoked = z.object({ token: z.string(), outcome: z.literal('revoked') });
