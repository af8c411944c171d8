import type { Role } from '../../events/envelope.ts';
import { boundRoles, type Caller, publicCaller, staffRoles } from './caller.ts';
import { Problem } from './problems.ts';

/** What a route says of its callers. */
export type Access = {
  /** Who may. `organiser` includes the owner; `public` includes everybody. */
  readonly may: readonly Role[];
  /** Who may see it but not do it, and so gets 403 instead of 404; staff unless told. */
  readonly sees?: readonly Role[];
  /** The path's parameter that must be the caller's own id where the caller is bound to one thing. */
  readonly own?: string;
};

type Params = Readonly<Record<string, string | undefined>>;

/**
 * Lets a caller in, perhaps as the public: a browser that is signed in to one fair may look at another like anybody.
 * @throws Problem 401 without a credential, 403 for what it may see but not do, else 404.
 */
export function authorise(access: Access, caller: Caller, params: Params): Caller {
  const refused = refusal(access, caller, params);
  if (!refused) return caller;
  if (caller.by === 'cookie' && access.may.includes('public')) return publicCaller;
  throw refused;
}

function refusal({ may, sees = staffRoles, own }: Access, caller: Caller, params: Params): Problem | undefined {
  const { role, id } = caller.actor;
  if (caller.by === 'nothing' && !may.includes('public')) return new Problem('not-signed-in');
  if (params['fair'] !== undefined && caller.fair !== null && params['fair'].toLowerCase() !== caller.fair)
    return new Problem('not-found');
  if (own !== undefined && boundRoles.includes(role) && params[own]?.toLowerCase() !== id)
    return new Problem('not-found');
  if (may.includes('public') || may.includes(role) || (role === 'owner' && may.includes('organiser'))) return undefined;
  return new Problem(sees.includes(role) ? 'forbidden' : 'not-found');
}
