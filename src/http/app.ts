import { type Context, Hono } from 'hono';
import { type AccessLogged, accessLog } from './access-log.ts';
import { authorise } from './authorise.ts';
import { readJson } from './body.ts';
import { publicCaller } from './caller.ts';
import { callerOf } from './credentials.ts';
import type { Ports } from './ports.ts';
import { Problem, problemOf } from './problems.ts';
import { refuse } from './refuse.ts';
import { completed, type Completing, responder } from './respond.ts';
import type { Reply } from './reply.ts';
import type { Route } from './route.ts';
import { routes as everyRoute } from './routes.ts';

export type App = Hono<AccessLogged>;

type AppOptions = Partial<Completing>;

/** The whole HTTP surface on the given ports; serve it with any runtime's adapter, or ask it with `app.request()`. */
export function createApp(
  ports: Ports,
  routes: readonly Route[] = everyRoute,
  { compression = 'ours' }: AppOptions = {},
): App {
  const app: App = new Hono<AccessLogged>();
  app.use(accessLog(ports));
  app.use(completed(ports, { compression }));
  const respond = responder(ports);
  for (const route of routes) {
    app.on(route.method, route.path.replaceAll(/\{(\w+)\}/g, ':$1'), async (c) => {
      const reply = await serve(route, c, ports);
      return reply instanceof Response ? reply : respond(c, reply);
    });
  }
  app.notFound((c) => refuse(c, new Problem('not-found'), ports));
  app.onError((error, c) => {
    const problem = problemOf(error);
    if (problem !== error) ports.log.error({ err: error, requestId: c.get('requestId') }, problem.message);
    return refuse(c, problem, ports);
  });
  return app;
}

/** Who asks, may they, may they now, what do they say: in this order, so that strangers cost little. */
async function serve(route: Route, c: Context<AccessLogged>, ports: Ports): Promise<Reply | Response> {
  c.set('route', route.path);
  const address = ports.addressOf(c.env, c.req.raw.headers);
  const asking = await callerOf(c, ports);
  // A token that is none is somebody's guess, and no crowd's.
  const ofCrowd = asking !== undefined && route.askedBy === 'crowd';
  const exhausted = ofCrowd ? ports.limits.takeOfCrowd(asking) : ports.limits.take(asking ?? publicCaller, address);
  if (exhausted) throw new Problem('too-many-requests', exhausted);
  if (!asking) throw new Problem('not-signed-in');
  c.set('caller', asking);
  const params = c.req.param();
  const caller = authorise(route, asking, params);
  c.set('caller', caller);
  const body = route.body ? await readJson(c.req.raw, { bytesMax: route.bodyBytesMax }) : undefined;
  const call = { caller, now: ports.clock(), requestId: c.get('requestId'), request: c.req.raw, address };
  const reply = await route.perform({ params, query: c.req.query(), body }, call, ports);
  // Nobody reads what follows the head; a stream would stay open for ever.
  if (c.req.method === 'HEAD' && reply instanceof Response) await reply.body?.cancel();
  return reply;
}
