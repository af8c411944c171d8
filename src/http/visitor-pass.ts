import { cookieHeader, cookieIn } from './cookies.ts';
import type { Ports } from './ports.ts';

/** Passes are looked at for days before the fair, and kept as long as it may last. */
const keptSeconds = 60 * 86_400;

/** One cookie a fair: a visitor may go to several. */
const cookieName = (fair: string): string => `pass-${fair}`;

/** The token of the pass that the visitor's browser has for this fair; undefined for none, or one that is not ours. */
export function heldPass(ports: Pick<Ports, 'visitorCookies' | 'publicUrl'>, request: Request, fair: string) {
  const cookie = cookieIn(request, ports, cookieName(fair));
  return cookie === undefined ? undefined : ports.visitorCookies.open(fair, cookie);
}

/** Lets the browser keep a pass, where no script can read it. */
export const keepPass = (
  ports: Pick<Ports, 'visitorCookies' | 'publicUrl'>,
  fair: string,
  token: string,
): { 'set-cookie': string } => ({
  'set-cookie': cookieHeader(ports, {
    name: cookieName(fair),
    value: ports.visitorCookies.seal(fair, token),
    maxAgeSeconds: keptSeconds,
  }),
});
