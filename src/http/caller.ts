import type { Actor, Role } from '../../events/envelope.ts';

/** Who asks, as far as a credential says so. */
export type Caller = {
  /** The role, and a lasting random reference whatever token or session was used. */
  readonly actor: Actor;
  /** The only fair this caller may touch; null for the owner, an auditor of all fairs, and the public. */
  readonly fair: string | null;
  readonly by: 'bearer' | 'cookie' | 'nothing';
  /** SHA-256 of the secret in base64url; absent for the public. */
  readonly credential?: string;
};

export const publicCaller: Caller = { actor: { role: 'public', id: 'public' }, fair: null, by: 'nothing' };

/** Roles that are about one thing: the caller's id is the id of that device, exhibitor, application or group. */
export const boundRoles: readonly Role[] = ['device', 'exhibitor', 'till', 'application-link', 'group-link'];

/** Roles that see all of their fair, and so are told “you may not” where others are told “there is nothing”. */
export const staffRoles: readonly Role[] = ['owner', 'organiser', 'auditor', 'viewer'];
