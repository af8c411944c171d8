import { z } from 'zod';
import type { Client } from '../server/client.ts';
import type { Server } from '../server/server-process.ts';

const Session = z.object({ role: z.literal('owner') });

/** Becomes the owner as a person does, by the one-time link. @returns the headers with which it writes from then on */
export async function becomeOwner({ origin, ownerSecret }: Server): Promise<Readonly<Record<string, string>>> {
  const response = await fetch(`${origin}/api/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin },
    body: JSON.stringify({ secret: ownerSecret }),
  });
  Session.parse(await response.json());
  const cookie = response.headers.getSetCookie().map((each) => each.split(';')[0]);
  return { cookie: cookie.join('; '), origin };
}

const Token = z.object({ secret: z.string() });

export type TokenAsk = {
  readonly fair: string;
  readonly id: string;
  readonly role: string;
  readonly exhibitor?: string;
};

/** A bearer token, given by whoever the headers or the token stand for. */
export async function giveToken(
  ask: Client,
  { fair, id, ...wanted }: TokenAsk,
  giver: { readonly headers?: Readonly<Record<string, string>>; readonly token?: string },
): Promise<string> {
  const path = `/api/fairs/${fair}/tokens/${id}`;
  const { secret } = await ask(Token, { method: 'PUT', path, body: { ...wanted, as: 'token' }, ...giver });
  return secret;
}
