import type { Context, MiddlewareHandler } from 'hono';
import { compress } from 'hono/compress';
import type { AccessLogged } from './access-log.ts';
import { isHttps } from './cookies.ts';
import type { Ports } from './ports.ts';
import type { Reply } from './reply.ts';
import { securityHeaders } from './security-headers.ts';

/** From this size on an answer is compressed for whoever takes that. */
const compressedBytesMin = 1024;

type Respond = (c: Context<AccessLogged>, reply: Reply) => Response;

/**
 * Makes the answer of what a handler says. A short one, as a gate's, is made whole: text and all headers at once, which
 * nobody touches afterwards. Node's adapter then writes it as it is; a header that is set later costs it a third of the
 * whole request.
 */
export function responder(ports: Pick<Ports, 'publicUrl'>): Respond {
  const usual = { ...securityHeaders({ https: isHttps(ports) }), 'content-type': 'application/json' };
  return (c, { status, body, headers }) => {
    if (body === undefined) return new Response(null, { status, headers: { ...headers } });
    const text = JSON.stringify(body);
    const bytes = Buffer.byteLength(text);
    const all = { ...usual, 'content-length': String(bytes), 'x-request-id': c.get('requestId'), ...headers };
    c.set('isWhole', bytes < compressedBytesMin);
    return new Response(text, { status, headers: all });
  };
}

export type Completing = {
  /** Who compresses bodies for readers that take them so: a runtime that does it itself would do it again. */
  readonly compression: 'ours' | 'runtime';
};

/** Compresses what is not whole yet, and adds the headers that every answer has. */
export function completed(
  ports: Pick<Ports, 'publicUrl'>,
  { compression }: Completing,
): MiddlewareHandler<AccessLogged> {
  const compressed = compress({ threshold: compressedBytesMin });
  const headers = Object.entries(securityHeaders({ https: isHttps(ports) }));
  return async (c, next) => {
    await next();
    if (c.get('isWhole')) return;
    if (compression === 'ours') await compressed(c, async () => {});
    for (const [name, value] of headers)
      if (name !== 'cache-control' || !c.res.headers.has(name)) c.res.headers.set(name, value);
    c.res.headers.set('x-request-id', c.get('requestId'));
  };
}
