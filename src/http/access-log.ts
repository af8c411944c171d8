import { randomUUID } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import type { Caller } from './caller.ts';
import type { Ports } from './ports.ts';

/** What a request leaves for the log line at its end. */
export type AccessLogged = {
  Variables: {
    requestId: string;
    route?: string;
    caller?: Caller;
    /** Set for an answer that has all its headers. */
    isWhole?: boolean;
  };
};

/** One line a request: the route's pattern and never the address itself, since addresses may hold ids. */
export const accessLog =
  ({ log, metrics }: Pick<Ports, 'log' | 'metrics'>): MiddlewareHandler<AccessLogged> =>
  async (c, next) => {
    const requestId = randomUUID();
    const startedMs = performance.now();
    c.set('requestId', requestId);
    await next();
    const seconds = (performance.now() - startedMs) / 1000;
    const asked = { method: c.req.method, route: c.get('route') ?? 'none', status: c.res.status };
    metrics.request({ ...asked, seconds });
    const durationMs = Math.round(seconds * 10_000) / 10;
    log.info({ requestId, ...asked, durationMs, role: c.get('caller')?.actor.role }, 'request');
  };
