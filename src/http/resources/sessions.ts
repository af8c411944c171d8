import { z } from 'zod';
import { newSecret } from '../../auth/secrets.ts';
import { timeText } from '../../commands/recorded.ts';
import { Session, SessionRequest, SignOut } from '../../contract/sessions.ts';
import { cookieHeader } from '../cookies.ts';
import { isOurOwnPage, sessionCookie } from '../credentials.ts';
import { Problem } from '../problems.ts';
import { ok } from '../reply.ts';
import { type Route, writeAnywhere } from '../route.ts';

const sessionMs = 14 * 86_400_000;

/**
 * Turns a secret into a session. A one-time link is used up by it; an application's or a group's own link stays good.
 * Nothing is signed in by a foreign page, and nothing by a GET: chat apps fetch links for their previews.
 */
const signIn = writeAnywhere({
  method: 'post',
  path: '/api/sessions',
  summary: 'Sign in with the secret of a link',
  may: ['public'],
  body: SessionRequest,
  answer: Session,
  handle: async ({ body, now, request }, ports) => {
    if (request.headers.has('sec-fetch-site') && !isOurOwnPage(request, ports)) throw new Problem('foreign-origin');
    const { credentials } = ports;
    const found = (await credentials.ofLink(body.secret)) ?? (await credentials.consume(body.secret, 'sign-in'));
    if (!found) throw new Problem('not-signed-in', { detail: 'This link was used, has expired or never existed.' });
    const { actor, fair } = found;
    const expiresAt = now + sessionMs;
    const secret = newSecret('session');
    await credentials.issue({
      secret,
      kind: 'session',
      role: actor.role,
      fair,
      subject: actor.id,
      expiresAt,
      openedBy: found.credential,
    });
    const cookie = cookieHeader(ports, { name: sessionCookie, value: secret, maxAgeSeconds: sessionMs / 1000 });
    return ok({ role: actor.role, fair, expiresAt: timeText(expiresAt) }, { 'set-cookie': cookie });
  },
});

const signOut = writeAnywhere({
  method: 'put',
  path: '/api/sessions/revocation',
  summary: 'Sign out: the session is dead at once, the cookie gone',
  may: ['public'],
  body: SignOut,
  answer: z.object({ outcome: z.literal('signed-out') }),
  handle: async ({ caller }, ports) => {
    if (caller.by === 'cookie' && caller.credential !== undefined) await ports.credentials.revoke(caller.credential);
    const cookie = cookieHeader(ports, { name: sessionCookie, value: '', maxAgeSeconds: 0 });
    return ok({ outcome: 'signed-out' }, { 'set-cookie': cookie });
  },
});

export const sessions: readonly Route[] = [signIn, signOut];
