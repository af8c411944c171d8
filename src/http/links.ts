import type { Ports } from './ports.ts';

/** Where a one-time link leads. The secret stands behind the `#`, which no browser sends and no log keeps. */
export const signInLink = ({ publicUrl }: Pick<Ports, 'publicUrl'>, request: Request, secret: string): string =>
  `${publicUrl ?? new URL(request.url).origin}/sign-in#${secret}`;
