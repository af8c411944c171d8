import { getCookie } from 'hono/cookie';
import type { Context } from 'hono';
import { type Caller, publicCaller } from './caller.ts';
import type { Ports } from './ports.ts';
import { Problem } from './problems.ts';

/** Visitors come over https: cookies are bound to it. */
export const isHttps = ({ publicUrl }: Pick<Ports, 'publicUrl'>): boolean => publicUrl?.startsWith('https:') ?? false;

/** `__Host-` binds the cookie to this host and to https; a browser takes it over https only. */
export const sessionCookie = (ports: Pick<Ports, 'publicUrl'>): string =>
  isHttps(ports) ? '__Host-session' : 'session';

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
  const cookie = getCookie(c, sessionCookie(ports));
  const found = cookie === undefined ? undefined : await ports.credentials.ofSession(cookie);
  if (!found) return publicCaller;
  if (isWrite(c.req.method) && !isOurOwnPage(c, ports)) throw new Problem('foreign-origin');
  return { ...found, by: 'cookie' };
}

const isWrite = (method: string): boolean => method !== 'GET' && method !== 'HEAD';

/** Browsers say where a request comes from, in `Sec-Fetch-Site` or at least in `Origin`; one that says nothing is refused. */
function isOurOwnPage(c: Context, { publicUrl }: Pick<Ports, 'publicUrl'>): boolean {
  const site = c.req.header('sec-fetch-site');
  if (site !== undefined) return site === 'same-origin';
  const origin = c.req.header('origin') ?? '';
  return publicUrl === undefined ? hostOf(origin) === c.req.header('host') : origin === new URL(publicUrl).origin;
}

const hostOf = (origin: string): string | null => (URL.canParse(origin) ? new URL(origin).host : null);
