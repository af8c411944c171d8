import { parse, serialize } from 'hono/utils/cookie';
import type { Ports } from './ports.ts';

type Site = Pick<Ports, 'publicUrl'>;

/** Visitors come over https: cookies are bound to it. */
export const isHttps = ({ publicUrl }: Site): boolean => publicUrl?.startsWith('https:') ?? false;

/** `__Host-` binds a cookie to this host and to https; a browser takes it over https only. */
const fullName = (site: Site, name: string): string => (isHttps(site) ? `__Host-${name}` : name);

/** What a browser sent back of a cookie that `cookieHeader` made. */
export const cookieIn = (request: Request, site: Site, name: string): string | undefined =>
  parse(request.headers.get('cookie') ?? '', fullName(site, name))[fullName(site, name)];

/** A `Set-Cookie` for this site: no script reads it, and no foreign page sends it along with a write. */
export const cookieHeader = (
  site: Site,
  { name, value, maxAgeSeconds }: { name: string; value: string; maxAgeSeconds: number },
): string =>
  serialize(fullName(site, name), value, {
    path: '/',
    httpOnly: true,
    sameSite: 'Lax',
    secure: isHttps(site),
    maxAge: maxAgeSeconds,
  });
