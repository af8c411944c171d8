import { ConfigError } from '../config.ts';
import { createApp } from '../http/app.ts';
import { routes } from '../http/routes.ts';
import type { Assets } from '../web/asset-manifest.ts';
import { consoleLog } from './console-log.ts';
import { afterWrite, everyHour, everyMinute } from './follow-up.ts';
import { type Isolate, newIsolate } from './isolate.ts';
import { NotSetUp, notSetUp, refuseAll } from './not-set-up.ts';
import { openRequestGround, type RequestGround } from './request-ground.ts';
import { requestPorts } from './request-ports.ts';
import { setUp } from './setup.ts';

/** What the runtime gives with each event: work that it waits for, even after the answer. */
export type Context = { waitUntil(work: Promise<unknown>): void };

/** The measurements of one isolate of many say nothing, so nobody is answered any. */
const served = routes.filter(({ path }) => path !== '/metrics');

/** The server of one isolate, which it keeps for as long as it lives. */
export class Application {
  readonly #isolate: Isolate;
  /** What was complained of last, so that it is said once and not with every request. */
  #complaint = '';

  /** @throws ConfigError */
  constructor(bindings: object) {
    this.#isolate = newIsolate(bindings);
  }

  async answer(request: Request, context: Context): Promise<Response> {
    const ground = openRequestGround(this.#isolate);
    try {
      const assets = await setUp(this.#isolate, ground);
      return await this.#serve(request, context, { ground, assets });
    } catch (error) {
      context.waitUntil(ground.close());
      return refuseAll(this.#complain(error));
    }
  }

  /** Does what is due when nobody asks for anything. */
  async chores({ isHourly }: { readonly isHourly: boolean }): Promise<void> {
    const ground = openRequestGround(this.#isolate);
    try {
      const ports = requestPorts(this.#isolate, ground, await setUp(this.#isolate, ground));
      await everyMinute(ground, ports);
      if (isHourly) await everyHour(ground, ports);
    } catch (error) {
      this.#complain(error);
    } finally {
      await ground.close();
    }
  }

  /** A client that hangs up does not stop what it has begun, nor what follows from it. */
  async #serve(
    request: Request,
    context: Context,
    { ground, assets }: { readonly ground: RequestGround; readonly assets: Assets },
  ): Promise<Response> {
    const ports = requestPorts(this.#isolate, ground, assets);
    const answering = Promise.resolve(createApp(ports, served, { compression: 'runtime' }).fetch(request));
    const afterwards = async (): Promise<void> => {
      try {
        await afterWrite(ground, ports);
      } catch (error) {
        ports.log.warn({ err: error }, 'what follows a write is left to the next one, or to the cron trigger');
      } finally {
        if (!ports.isFollowed()) await ground.close();
      }
    };
    context.waitUntil(answering.then(afterwards, afterwards));
    return answering;
  }

  #complain(error: unknown): unknown {
    const message = error instanceof Error ? error.message : String(error);
    if (message !== this.#complaint) this.#isolate.log.error({ err: error }, message);
    this.#complaint = message;
    return error instanceof NotSetUp ? notSetUp() : error;
  }
}

let application: Application | undefined;
let mistakes = '';

/** The application of this isolate; undefined where its bindings are wrong, which is said in the log, once. */
export function applicationOn(bindings: object): Application | undefined {
  try {
    return (application ??= new Application(bindings));
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    if (error.message !== mistakes) consoleLog({ logLevel: 'error' }).error(error.message);
    mistakes = error.message;
    return undefined;
  }
}
