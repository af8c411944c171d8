import { z } from 'zod';
import { Id, line } from './fields.ts';

export const roles = [
  'owner',
  'organiser',
  'auditor',
  'viewer',
  'device',
  'exhibitor',
  'till',
  'application-link',
  'group-link',
  'public',
  'system',
] as const;

/** What a caller may be; the table of who may do what is in ARCHITECTURE.md. */
export const Role = z.enum(roles);
export type Role = z.infer<typeof Role>;

/**
 * Whoever caused a fact: a role and a random reference, never a name.
 * The id names the caller (device, exhibitor, account, cookie), whatever token it used.
 */
export const Actor = z.strictObject({ role: Role, id: line(80) });
export type Actor = z.infer<typeof Actor>;

export const EventMeta = z.strictObject({
  fair: Id,
  actor: Actor,
  /** SHA-256, base64url, of the caller and the command's content (RFC 8785, without `sentAt`). */
  digest: z.string().regex(/^[\w-]{43}$/),
  /** The request or run that this fact belongs to. */
  correlation: line(80),
  /** The event that this one follows from, when a reaction wrote it. */
  causation: Id.optional(),
  /** Seconds that were added to the device's time, fixed at the first receipt; absent when 0. */
  skewSeconds: z.int().optional(),
});
export type EventMeta = z.infer<typeof EventMeta>;

/** An event that is not in the log yet. Times are milliseconds since 1970. */
export type NewEvent<Type extends string = string, Data = unknown> = {
  readonly id: string;
  readonly type: Type;
  readonly schema: number;
  readonly data: Data;
  readonly meta: EventMeta;
  readonly occurredAt: number;
};

/** An event as the log holds it. `version` counts its stream from 1, `position` the log from 1. */
export type StoredEvent<Type extends string = string, Data = unknown> = NewEvent<Type, Data> & {
  readonly stream: string;
  readonly version: number;
  readonly position: number;
  readonly recordedAt: number;
};

/** What projections read of an event: whose it is and who caused it, but nothing of how it came to be written. */
export type ProjectedEvent<Type extends string = string, Data = unknown> = Omit<StoredEvent<Type, Data>, 'meta'> & {
  readonly meta: Pick<EventMeta, 'fair' | 'actor'>;
};
