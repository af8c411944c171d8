import { getCookie } from 'hono/cookie';
import type { Context } from 'hono';
import { type Caller, publicCaller } from './caller.ts';
import type { Ports } from './ports.ts';
import { Problem } from './problems.ts';

/** `__Host-` binds the cookie to this host and to https; a browser takes it over https only. */
export const sessionCookie = ({ https }: { https: boolean }): string => (https ? '__Host-session' : 'session');

/**
 * Who asks. A bearer token must be good; a cookie that is not is as good as none, since browsers send what they have.
 * @throws Problem 401 for a bearer token that is unknown, expired or revoked; 403 for a write from a foreign page.
 */
export async function callerOf(c: Context, ports: Pick<Ports, 'credentials' | 'https' | 'origins'>): Promise<Caller> {
  const [, bearer] = /^Bearer ([\w-]{1,200})$/i.exec(c.req.header('authorization') ?? '') ?? [];
  if (bearer !== undefined) {
    const found = await ports.credentials.ofBearer(bearer);
    if (!found) throw new Problem('not-signed-in');
    return { ...found, by: 'bearer' };
  }
  if (c.req.header('authorization') !== undefined) throw new Problem('not-signed-in');
  const cookie = getCookie(c, sessionCookie(ports));
  const found = cookie === undefined ? undefined : await ports.credentials.ofSession(cookie);
  if (!found) return publicCaller;
  if (isWrite(c.req.method) && !isOurOwnPage(c, ports.origins)) throw new Problem('foreign-origin');
  return { ...found, by: 'cookie' };
}

const isWrite = (method: string): boolean => method !== 'GET' && method !== 'HEAD';

/** Browsers say where a request comes from, in `Sec-Fetch-Site` or at least in `Origin`; one that says nothing is refused. */
function isOurOwnPage(c: Context, origins: readonly string[]): boolean {
  const site = c.req.header('sec-fetch-site');
  if (site !== undefined) return site === 'same-origin';
  const origin = c.req.header('origin') ?? '';
  return origins.length > 0 ? origins.includes(origin) : hostOf(origin) === c.req.header('host');
}

const hostOf = (origin: string): string | null => (URL.canParse(origin) ? new URL(origin).host : null);
