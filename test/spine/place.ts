import { inject } from 'vitest';
import { aPlace } from '../e2e/played-fair.ts';
import { kill, startServer } from '../e2e/server-process.ts';
import { ownersToken } from './owners-token.ts';

/** A server that is asked from outside, whatever runs it, and the owner's token. */
export type Spine = { readonly origin: string; readonly owner: string };

declare module 'vitest' {
  interface ProvidedContext {
    /** The server to ask, where whoever runs the tests has started one. */
    spine: Spine | undefined;
  }
}

/** The server that was given, else one of its own on Node. */
export async function spine(): Promise<Spine & AsyncDisposable> {
  const given = inject('spine');
  return given ? { ...given, [Symbol.asyncDispose]: async () => {} } : onNode();
}

async function onNode(): Promise<Spine & AsyncDisposable> {
  await using starting = new AsyncDisposableStack();
  const place = starting.adopt(await aPlace(), ({ leave }) => leave());
  const server = starting.adopt(await startServer(place.environment), (running) => kill(running, 'SIGTERM'));
  const owner = await ownersToken(place.environment);
  const running = starting.move();
  return { origin: server.origin, owner, [Symbol.asyncDispose]: () => running.disposeAsync() };
}
