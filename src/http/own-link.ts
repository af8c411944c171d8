import type { Ports } from './ports.ts';
import { signInLink } from './links.ts';

/**
 * The lasting link of an application or a group, for whoever has just submitted it. It opens sessions, and is a bearer
 * token itself. A repeat of the submission gets the same one; nothing else gives it away.
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
