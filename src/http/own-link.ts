import { hashOf } from '../auth/secrets.ts';
import type { Caller } from './caller.ts';
import { badRequest } from './field-errors.ts';
import type { Ports } from './ports.ts';
import { signInLink } from './links.ts';

/**
 * The lasting link of an application or a group, for whoever has just submitted it. It opens sessions, and is a bearer
 * token itself. A repeat of the submission with the same key gets the same one; nothing else gives it away.
 */
export async function ownLink(
  ports: Pick<Ports, 'credentials' | 'secretFor' | 'publicUrl'>,
  request: Request,
  { role, fair, subject }: { role: 'application-link' | 'group-link'; fair: string; subject: string },
): Promise<{ secret: string; link: string }> {
  const secret = ports.secretFor('link', [role, fair, subject]);
  await ports.credentials.issueNamed(
    { secret, kind: 'link', role, fair, subject, expiresAt: null },
    { name: `${role}/${subject}`, digest: role },
  );
  return { secret, link: signInLink(ports, request, secret) };
}

/**
 * What a submission's fact is told apart by, beside its content: the hash of a key that only the submitter knows. The
 * public is many under one name; an organiser has a name of its own, and needs no key.
 * @throws Problem 400 where somebody else gives none.
 */
export function submitterOf({ actor }: Caller, repeatKey: string | undefined): string | undefined {
  if (repeatKey !== undefined) return hashOf(repeatKey).toString('base64url');
  if (actor.role === 'organiser' || actor.role === 'owner') return undefined;
  throw badRequest([{ path: 'body.repeatKey', message: 'must be there, so that nobody else gets the link' }]);
}
