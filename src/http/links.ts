import type { Ports } from './ports.ts';

type Site = Pick<Ports, 'publicUrl'>;

/** Where a one-time link leads. The secret stands behind the `#`, which no browser sends and no log keeps. */
export const signInLink = (site: Site, request: Request, secret: string): string =>
  `${ownOrigin(site, request)}/sign-in#${secret}`;

/** Where visitors find us, without a slash at the end. */
export const ownOrigin = ({ publicUrl }: Site, request: Request): string => publicUrl ?? new URL(request.url).origin;
