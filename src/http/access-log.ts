import { randomUUID } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import type { Caller } from './caller.ts';
import type { Ports } from './ports.ts';

/** What a request leaves for the log line at its end. */
export type AccessLogged = { Variables: { requestId: string; route?: string; caller?: Caller } };

/** One line a request: the route's pattern and never the address itself, since addresses may hold ids. */
export const accessLog =
  ({ log }: Pick<Ports, 'log'>): MiddlewareHandler<AccessLogged> =>
  async (c, next) => {
    const requestId = randomUUID();
    const startedMs = performance.now();
    c.set('requestId', requestId);
    await next();
    c.res.headers.set('x-request-id', requestId);
    const line = {
      requestId,
      method: c.req.method,
      route: c.get('route') ?? 'none',
      status: c.res.status,
      durationMs: Math.round((performance.now() - startedMs) * 10) / 10,
      role: c.get('caller')?.actor.role,
    };
    log.info(line, 'request');
  };
