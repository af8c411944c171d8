import { newSecret } from './auth/secrets.ts';
import { freshId } from './commands/ids.ts';
import type { Ports } from './http/ports.ts';

const linkMs = 86_400_000;

/**
 * A one-time link that makes its reader the owner, as long as there is none; it is good for a day and shown nowhere
 * but where it is asked for.
 */
export async function firstLink(
  { credentials, clock }: Pick<Ports, 'credentials' | 'clock'>,
  address: string,
): Promise<string | undefined> {
  if (await credentials.someoneIs('owner')) return undefined;
  const secret = newSecret('sign-in');
  const now = clock();
  const subject = freshId(now);
  await credentials.issue({ secret, kind: 'sign-in', role: 'owner', fair: null, subject, expiresAt: now + linkMs });
  return `${address}/sign-in#${secret}`;
}
