import type { z } from 'zod';
import type { Role } from '../../../events/envelope.ts';
import { isExhibitor } from '../../commands/applications.ts';
import { digestOf } from '../../commands/digest.ts';
import { timeText } from '../../commands/recorded.ts';
import { Token, TokenRequest, TokenRevocation, TokenRevoked } from '../../contract/tokens.ts';
import type { Caller } from '../caller.ts';
import { signInLink } from '../links.ts';
import { Problem } from '../problems.ts';
import { ok } from '../reply.ts';
import { type Route, writeInFair } from '../route.ts';

const linkMs = 86_400_000;

/** The secret follows from fair and id, so a repeat gets the same one and the database none. */
const issueToken = writeInFair({
  method: 'put',
  path: '/api/fairs/{fair}/tokens/{token}',
  summary: 'Give somebody a token or a one-time link for this fair',
  may: ['organiser', 'application-link', 'exhibitor'],
  body: TokenRequest,
  answer: Token,
  handle: async ({ params: { fair, token }, body, context, now, caller, request }, ports) => {
    if ((await ports.fairs.load(ports.store, fair)).status === 'unknown') throw new Problem('not-found');
    if (!mayGive(caller.actor, body)) throw new Problem('forbidden');
    if ('exhibitor' in body && !(await isExhibitor(ports, fair, body.exhibitor)))
      throw new Problem('forbidden', { detail: notApproved });
    const kind = body.as === 'link' ? 'sign-in' : 'token';
    const expiresAt = body.expiresAt ?? (kind === 'sign-in' ? now + linkMs : null);
    const secret = ports.secretFor(kind, [fair, token]);
    const issued = await ports.credentials.issueNamed(
      { secret, kind, role: body.role, fair, subject: subjectOf(body, token), expiresAt },
      { name: nameOf(token), digest: digestOf(context.actor, 'token', { ...body, token }) },
    );
    if (issued.outcome === 'name-taken') throw new Problem('id-already-used');
    const link = kind === 'sign-in' ? { link: signInLink(ports, request, secret) } : {};
    return ok({
      token,
      role: body.role,
      secret,
      ...link,
      expiresAt: issued.expiresAt === null ? null : timeText(issued.expiresAt),
    });
  },
});

const notApproved = 'An exhibitor gets tokens once its application is approved.';

const revokeToken = writeInFair({
  method: 'put',
  path: '/api/fairs/{fair}/tokens/{token}/revocation',
  summary: 'Make a token or link worthless, and the sessions it opened',
  may: ['organiser'],
  body: TokenRevocation,
  answer: TokenRevoked,
  handle: async ({ params: { fair, token } }, ports) => {
    if (!(await ports.credentials.revokeNamed(fair, nameOf(token)))) throw new Problem('not-found');
    return ok({ token, outcome: 'revoked' });
  },
});

/**
 * The owner gives any role. An organiser lets people look, but makes nobody its equal, no auditor, and no exhibitor: it
 * would see that one's single sales. An exhibitor's own people come from the link that was given to the applicant.
 */
const given: { readonly [Giver in Role]?: readonly Role[] } = {
  owner: ['organiser', 'auditor', 'viewer', 'exhibitor', 'till'],
  organiser: ['viewer'],
  'application-link': ['exhibitor', 'till'],
  exhibitor: ['till'],
};

const mayGive = ({ role, id }: Caller['actor'], body: z.infer<typeof TokenRequest>): boolean =>
  (given[role]?.includes(body.role) ?? false) && (role === 'owner' || !('exhibitor' in body) || body.exhibitor === id);

/** Whoever is not about an exhibitor gets a reference of its own: the id of the token. */
const subjectOf = (body: z.infer<typeof TokenRequest>, token: string): string =>
  'exhibitor' in body ? body.exhibitor : token;

const nameOf = (token: string): string => `token/${token}`;

export const tokens: readonly Route[] = [issueToken, revokeToken];
