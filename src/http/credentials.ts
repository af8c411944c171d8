import type { Context } from 'hono';
import { cookieIn } from './cookies.ts';
import { type Caller, publicCaller } from './caller.ts';
import type { Ports } from './ports.ts';
import { Problem } from './problems.ts';

export const sessionCookie = 'session';

/**
 * Who asks. A bearer token must be good; a cookie that is not is as good as none, since browsers send what they have.
 * @returns undefined for a bearer token that is unknown, expired or revoked
 * @throws Problem 403 for a write from a foreign page.
 */
export async function callerOf(
  c: Context,
  ports: Pick<Ports, 'credentials' | 'publicUrl'>,
): Promise<Caller | undefined> {
  const authorization = c.req.header('authorization');
  if (authorization !== undefined) {
    const bearer = /^Bearer ([\w-]{1,200})$/i.exec(authorization)?.[1];
    const found = bearer === undefined ? undefined : await ports.credentials.ofBearer(bearer);
    return found && { ...found, by: 'bearer' };
  }
  const cookie = cookieIn(c.req.raw, ports, sessionCookie);
  const found = cookie === undefined ? undefined : await ports.credentials.ofSession(cookie);
  if (!found) return publicCaller;
  if (isWrite(c.req.method) && !isOurOwnPage(c.req.raw, ports)) throw new Problem('foreign-origin');
  return { ...found, by: 'cookie' };
}

const isWrite = (method: string): boolean => method !== 'GET' && method !== 'HEAD';

/** Browsers say where a request comes from, in `Sec-Fetch-Site` or at least in `Origin`; one that says nothing is refused. */
export function isOurOwnPage({ headers }: Request, { publicUrl }: Pick<Ports, 'publicUrl'>): boolean {
  const site = headers.get('sec-fetch-site');
  if (site !== null) return site === 'same-origin';
  const origin = headers.get('origin') ?? '';
  return publicUrl === undefined ? hostOf(origin) === headers.get('host') : origin === new URL(publicUrl).origin;
}

const hostOf = (origin: string): string | undefined => (URL.canParse(origin) ? new URL(origin).host : undefined);
