import { AsyncLocalStorage } from 'node:async_hooks';
import { setImmediate as turn } from 'node:timers/promises';
import type { Chance } from '../../../src/demo/plan/chance.ts';

/** A request that a node is at, by its number in the run. */
export type Exchange = { readonly number: string; readonly node: number; state: 'open' | 'answered' | 'lost' };

/** One question that a request asks the store, until it is let through. */
type Asked = { readonly exchange: Exchange; readonly key: string; readonly letThrough: () => void };

/** What requests wait for that is no question to the store. */
export type Elsewhere = {
  isBusy(): boolean;
  /** Waits until some of it is done; not at all where there is nothing. */
  done(): Promise<void>;
};

/** Turns of the event loop without any sign of life after which everybody waits for somebody else. */
const quietTurns = 3;

/**
 * Decides which of the requests that nodes are at goes on next. A request stops at every question to the store; once all
 * have stopped, chance says whose turn it is. So what else is asynchronous (the database with the tokens, signing on
 * another thread) changes nothing about the order of what is written.
 */
export class Interleaving {
  readonly #current = new AsyncLocalStorage<Exchange>();
  readonly #elsewhere: Elsewhere;
  #asked: Asked[] = [];
  #signs = 0;

  constructor(elsewhere: Elsewhere) {
    this.#elsewhere = elsewhere;
  }

  /** Requests that wait to be let through. */
  get waiting(): readonly Exchange[] {
    return [...new Set(this.#asked.map(({ exchange }) => exchange))];
  }

  /** Handles a request, whose questions to the store wait from now on. */
  async during<Answer>(exchange: Exchange, work: () => Promise<Answer>): Promise<Answer> {
    const answer = await this.#current.run(exchange, work);
    this.#signs += 1;
    return answer;
  }

  /** Asks the store when it is this request's turn; never, once its node is gone. Outside of requests, at once. */
  async ask<Answer>(key: string, question: () => Promise<Answer>): Promise<Answer> {
    const exchange = this.#current.getStore();
    if (!exchange) return question();
    this.#signs += 1;
    await new Promise<void>((resolve) => {
      if (exchange.state === 'open') this.#asked.push({ exchange, key, letThrough: resolve });
    });
    const answer = await question();
    if (exchange.state === 'lost') await new Promise(() => {});
    return answer;
  }

  /** Waits until every request has stopped, or is done. */
  async quiet(): Promise<void> {
    let signs = -1;
    for (let quiet = 0; quiet < quietTurns; quiet += 1) {
      await turn();
      if (signs === this.#signs && !this.#elsewhere.isBusy()) continue;
      await this.#elsewhere.done();
      signs = this.#signs;
      quiet = 0;
    }
  }

  /** Lets one request go on, until it asks again or is done. */
  letOneThrough(chance: Chance): void {
    const exchange = chance.pickAny(this.waiting.toSorted((a, b) => (a.number < b.number ? -1 : 1)));
    const own = this.#asked.filter((asked) => asked.exchange === exchange);
    this.#asked = this.#asked.filter((asked) => asked.exchange !== exchange);
    // In an order of their own: which of a delivery's items came first is the threads' doing.
    for (const { letThrough } of own.toSorted((a, b) => (a.key < b.key ? -1 : 1))) letThrough();
  }

  /** A node dies: what its requests asked last is written or not, and nobody ever gets an answer. */
  lose(node: number, chance: Chance): void {
    for (const exchange of this.waiting.filter((each) => each.node === node)) {
      exchange.state = 'lost';
      const own = this.#asked.filter((asked) => asked.exchange === exchange);
      this.#asked = this.#asked.filter((asked) => asked.exchange !== exchange);
      if (!chance.happens(0.5)) continue;
      for (const { letThrough } of own.toSorted((a, b) => (a.key < b.key ? -1 : 1))) letThrough();
    }
  }
}
