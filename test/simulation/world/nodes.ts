import { createApp, type App } from '../../../src/http/app.ts';
import { portsOn } from '../../../src/ports.ts';
import type { EventStore } from '../../../src/store/event-store.ts';
import type { Ground } from './ground.ts';
import type { Exchange, Interleaving } from './interleaving.ts';

/** A request as it goes over the network. */
export type Asking = {
  readonly method: 'PUT' | 'POST' | 'GET';
  readonly path: string;
  /** Undefined for the public. */
  readonly token: string | undefined;
  readonly body?: unknown;
  readonly ifMatch?: string;
};
export type Answer = { readonly status: number; readonly body: unknown };

/** One server of several on one log: the real HTTP app, with what it remembers gone at each restart. */
export class SimulatedNode {
  readonly number: number;
  readonly #ground: Ground;
  readonly #interleaving: Interleaving;
  readonly #aheadMs: number;
  #app: App;

  /** @param options.aheadMs of its clock */
  constructor(
    ground: Ground,
    interleaving: Interleaving,
    { number, aheadMs }: { readonly number: number; readonly aheadMs: number },
  ) {
    this.number = number;
    this.#ground = ground;
    this.#interleaving = interleaving;
    this.#aheadMs = aheadMs;
    this.#app = this.#start();
  }

  /** Ms since 1970, by its own clock. */
  now(): number {
    return this.#ground.timeline.now + this.#aheadMs;
  }

  /** Begins anew, with nothing remembered. */
  restart(): void {
    this.#app = this.#start();
  }

  /** Answers, unless it dies meanwhile. */
  handle(exchange: Exchange, asking: Asking): Promise<Answer> {
    return this.#interleaving.during(exchange, () => this.ask(asking));
  }

  /** The same for whoever does not mind the order. */
  async ask({ method, path, token, body, ifMatch }: Asking): Promise<Answer> {
    const headers = new Headers(token === undefined ? {} : { authorization: `Bearer ${token}` });
    if (body !== undefined) headers.set('content-type', 'application/json');
    if (ifMatch !== undefined) headers.set('if-match', ifMatch);
    const json = body === undefined ? {} : { body: JSON.stringify(body) };
    const response = await this.#app.request(path, { method, headers, ...json });
    const answer: unknown = await response.json();
    return { status: response.status, body: answer };
  }

  #start(): App {
    const { store, parts, database } = this.#ground;
    return createApp(
      portsOn({
        ...parts,
        database,
        store: inTurn(store, this.#interleaving),
        clock: () => this.now(),
        limits: noLimits,
      }),
    );
  }
}

const inTurn = (store: EventStore, interleaving: Interleaving): EventStore => ({
  append: (items) => interleaving.ask(`append ${JSON.stringify(items)}`, () => store.append(items)),
  load: (requests) => interleaving.ask(`load ${JSON.stringify(requests)}`, () => store.load(requests)),
  read: (after, limit) => store.read(after, limit),
  follow: (after, limit) => store.follow(after, limit),
  readAt: (positions) => store.readAt(positions),
  head: () => store.head(),
  onAppend: (listener) => store.onAppend(listener),
  close: () => store.close(),
});

/** Limits go by the real clock, which is another one in every run. */
const plenty = { perSecond: 1e9, burst: 1e9 };
const noLimits = {
  credential: plenty,
  address: plenty,
  crowd: plenty,
  streamsMax: { credential: 1, crowd: 1 },
};
