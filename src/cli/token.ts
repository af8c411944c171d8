import { z } from 'zod';
import { Role } from '../../events/envelope.ts';
import { Id } from '../../events/fields.ts';
import { Credentials } from '../auth/credentials.ts';
import { newSecret } from '../auth/secrets.ts';
import { FairCache } from '../commands/fair-cache.ts';
import { freshId } from '../commands/ids.ts';
import type { Config } from '../config.ts';
import { openGround } from '../ground.ts';
import { command, UsageError } from './command.ts';

/** Roles that are about one thing, whose id `--subject` names. */
const bound: readonly Role[] = ['device', 'exhibitor', 'till', 'application-link', 'group-link'];

/** A life from now on, or the moment it ends. */
const Expiry = z.union(
  [
    z
      .string()
      .regex(/^\d{1,4}[mhd]$/)
      .transform((text) => ({ fromNowMs: Number(text.slice(0, -1)) * unitMs(text.slice(-1)) })),
    z.iso.datetime({ offset: true }).transform((text) => ({ at: Date.parse(text) })),
  ],
  'must be like 30m, 12h or 7d, or a moment with its offset (2026-04-23T22:00:00+07:00)',
);

const Options = z
  .strictObject({
    role: Role.exclude(
      ['public', 'system'],
      'must be owner, organiser, auditor, viewer, device, exhibitor, till, application-link or group-link',
    ),
    fair: Id.optional(),
    subject: Id.optional(),
    link: z.boolean().default(false),
    expires: Expiry.optional(),
  })
  .refine(({ role, fair }) => role === 'owner' || role === 'auditor' || fair !== undefined, {
    path: ['fair'],
    message: 'must be the id of the fair it is good for',
  })
  .refine(({ role, fair }) => role !== 'owner' || fair === undefined, {
    path: ['fair'],
    message: 'an owner has all fairs',
  })
  .refine(({ role, subject }) => !bound.includes(role) || subject !== undefined, {
    path: ['subject'],
    message: 'must be the id of the device, exhibitor, application or group it is about',
  });

export const token = command({
  name: 'token',
  summary: 'make a bearer token, or a one-time link to sign in with, and print it',
  usage: [
    '--role ROLE       owner, organiser, auditor, viewer, device, exhibitor, till, application-link or group-link',
    '--fair ID         the fair it is good for (not for an owner; an auditor without one has all)',
    '--subject ID      whom it is about: the device, exhibitor, application or group',
    '--link            a link that signs a browser in, once, instead of a token',
    '--expires WHEN    30m, 12h, 7d or a moment; a link lives a day unless told, a token until it is revoked',
  ],
  options: {
    role: { type: 'string' },
    fair: { type: 'string' },
    subject: { type: 'string' },
    link: { type: 'boolean' },
    expires: { type: 'string' },
  },
  schema: Options,
  run: async ({ role, fair, subject, link, expires }, { config, tell }) => {
    await using ground = await openGround(config, { as: 'tool' });
    if (fair !== undefined && (await new FairCache().load(ground.store, fair)).status === 'unknown') {
      throw new UsageError(`There is no fair ${fair} in this database.`);
    }
    const now = Date.now();
    const kind = link ? 'sign-in' : 'token';
    const secret = newSecret(kind);
    await new Credentials(ground.db, () => now).issue({
      secret,
      kind,
      role,
      fair: fair ?? null,
      subject: subject ?? freshId(now),
      expiresAt: expiryOf(expires, now) ?? (link ? now + dayMs : null),
    });
    tell(link ? `${addressOf(config)}/sign-in#${secret}` : secret);
  },
});

const dayMs = 86_400_000;

const unitMs = (unit: string): number => ({ m: 60_000, h: 3_600_000, d: dayMs })[unit] ?? 0;

const expiryOf = (expires: z.infer<typeof Expiry> | undefined, now: number): number | undefined => {
  if (!expires) return undefined;
  return 'at' in expires ? expires.at : now + expires.fromNowMs;
};

const addressOf = ({ publicUrl, port }: Config): string => publicUrl ?? `http://localhost:${port}`;
