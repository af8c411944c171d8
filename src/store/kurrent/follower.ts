import { setTimeout as delay } from 'node:timers/promises';
import type { AllStreamSubscription } from '@eventstore/db-client';
import type { Log } from '../../log.ts';
import { ForeignEvent, type Written } from './envelope.ts';
import { endSubscription, type Heard, type KurrentConnection } from './connection.ts';
import { CallTimedOut } from './failure.ts';
import type { Place, Register } from './register.ts';

/** An event that has come by, with the place it was given. */
export type Passed = Pick<Place, 'stream' | 'digest' | 'version' | 'position' | 'recordedAt'> & {
  readonly attempt: string;
};

type Options = {
  readonly connection: Pick<KurrentConnection, 'follow'>;
  readonly register: Pick<Register, 'add' | 'standing'>;
  readonly name: string;
  readonly log: Pick<Log, 'warn'>;
  /** A subscription that says nothing for so long as it begins is dropped. */
  readonly callSecondsMax: number;
};

/**
 * Follows the log, first what is there and then what comes, and registers it in its order. Whatever breaks, it begins
 * again from where the register stands, at growing intervals.
 */
export class Follower {
  readonly #options: Options;
  readonly #listeners = new Set<() => void>();
  readonly #awaited = new Map<string, Set<(passed: Passed) => void>>();
  readonly #stopping = new AbortController();
  readonly #running: Promise<void>;
  #upTo = Infinity;
  #hasBegun = false;
  #isWatching = false;
  /** Resolves when everything that was in the log at the start is registered. */
  readonly ready: Promise<void>;

  constructor(options: Options) {
    this.#options = options;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.ready = promise;
    this.#running = this.#run(resolve);
  }

  add(listener: () => void): () => void {
    const own = () => listener();
    this.#listeners.add(own);
    return () => {
      this.#listeners.delete(own);
    };
  }

  /** Resolves when an event of this id comes by, from now on. */
  await(id: string): { readonly passed: Promise<Passed>; readonly forget: () => void } {
    const { promise, resolve } = Promise.withResolvers<Passed>();
    const waiting = this.#awaited.get(id) ?? new Set();
    this.#awaited.set(id, waiting.add(resolve));
    const forget = () => {
      waiting.delete(resolve);
      if (waiting.size === 0 && this.#awaited.get(id) === waiting) this.#awaited.delete(id);
    };
    return { passed: promise, forget };
  }

  async close(): Promise<void> {
    this.#listeners.clear();
    this.#stopping.abort();
    await this.#running;
  }

  async #run(caughtUp: () => void): Promise<void> {
    const { signal } = this.#stopping;
    let pauseMs = pauseMsMin;
    while (!signal.aborted) {
      this.#hasBegun = false;
      try {
        await this.#follow(caughtUp);
      } catch (error) {
        if (signal.aborted) return;
        this.#options.log.warn({ err: error }, 'the log is no longer followed, which is tried again');
        // What is in the log will still be there.
        if (error instanceof ForeignEvent) this.#hasBegun = false;
      }
      pauseMs = this.#hasBegun ? pauseMsMin : Math.min(pauseMs * 2, pauseMsMax);
      await delay(pauseMs * (0.5 + Math.random() / 2), undefined, { signal }).catch(() => {});
    }
  }

  /** @throws whatever ends it, which is never its own wish */
  async #follow(caughtUp: () => void): Promise<void> {
    const { connection, register, name } = this.#options;
    const { scanned } = await register.standing(name);
    this.#stopping.signal.throwIfAborted();
    // What another node has registered meanwhile is told here too; a register that was restored is filled again.
    const from = Math.min(this.#upTo, scanned);
    this.#upTo = from;
    const course = new Course(from);
    const subscription = connection.follow(from, course.heard);
    const silent = setTimeout(
      () => course.heard.ended(new CallTimedOut('the subscription does not begin')),
      this.#options.callSecondsMax * 1000,
    );
    subscription.once('confirmation', () => {
      clearTimeout(silent);
      this.#hasBegun = true;
    });
    const watching = setInterval(() => void this.#watch(course), lookEveryMs);
    const stop = () => course.heard.ended(new Error('the store is closed'));
    this.#stopping.signal.addEventListener('abort', stop, { once: true });
    try {
      for (;;) {
        const { events, after, upTo, isCaughtUp } = await course.next(subscription);
        if (upTo > after) await this.#register(events, { after, upTo });
        if (isCaughtUp) caughtUp();
      }
    } finally {
      clearTimeout(silent);
      clearInterval(watching);
      this.#stopping.signal.removeEventListener('abort', stop);
      endSubscription(subscription);
    }
  }

  /** A database that was set back, by a crash or a restored backup, has forgotten what this node has registered. */
  async #watch(course: Course): Promise<void> {
    if (this.#isWatching) return;
    this.#isWatching = true;
    const upTo = this.#upTo;
    try {
      const { scanned } = await this.#options.register.standing(this.#options.name);
      if (scanned < upTo) course.heard.ended(new Error(`the register went back from ${upTo} to ${scanned}`));
    } catch {
      // Whoever needs the database meets the error.
    } finally {
      this.#isWatching = false;
    }
  }

  async #register(events: readonly Written[], span: { after: number; upTo: number }): Promise<void> {
    const places = await this.#options.register.add(events, span);
    this.#upTo = span.upTo;
    for (const { id, stream, version, meta, attempt } of events) {
      const place = places.get(id);
      if (place) this.#tell(id, { stream, version, digest: meta.digest, attempt, ...place });
    }
    if (events.length > 0) for (const listener of this.#listeners) listener();
  }

  #tell(id: string, passed: Passed): void {
    const waiting = this.#awaited.get(id);
    this.#awaited.delete(id);
    for (const resolve of waiting ?? []) resolve(passed);
  }
}

/** What one subscription has given and nobody has registered yet. */
class Course {
  #events: Written[] = [];
  #after: number;
  #upTo: number;
  #last: number;
  #isCaughtUp = false;
  #ended: { readonly error: unknown } | undefined;
  #wakeUp: () => void = () => {};

  constructor(after: number) {
    this.#after = after;
    this.#upTo = after;
    this.#last = after;
  }

  readonly heard: Heard = {
    event: (event) => {
      if (event.commit <= this.#last)
        this.heard.ended(new ForeignEvent(`two events have the position ${event.commit}`));
      this.#last = event.commit;
      this.#events.push(event);
      this.#wakeUp();
    },
    reached: (commit) => {
      this.#last = Math.max(this.#last, commit);
      this.#wakeUp();
    },
    caughtUp: () => {
      this.#isCaughtUp = true;
      this.#wakeUp();
    },
    ended: (error) => {
      this.#ended ??= { error };
      this.#wakeUp();
    },
  };

  /**
   * The next events, as many as there are; while they are being registered more come in, up to a bound.
   * @throws what ended the subscription
   */
  async next(subscription: AllStreamSubscription): Promise<{
    readonly events: readonly Written[];
    readonly after: number;
    readonly upTo: number;
    readonly isCaughtUp: boolean;
  }> {
    // What was read before the server said that it has caught up may still be on its way through the stream.
    const isCaughtUp = () => this.#isCaughtUp && subscription.readableLength === 0;
    while (this.#events.length === 0 && this.#last === this.#upTo && !isCaughtUp() && !this.#ended) {
      subscription.resume();
      await new Promise<void>((resolve) => (this.#wakeUp = resolve));
    }
    if (this.#ended) throw this.#ended.error;
    subscription.pause();
    const events = this.#events.splice(0);
    [this.#after, this.#upTo] = [this.#upTo, this.#last];
    const given = { events, after: this.#after, upTo: this.#upTo, isCaughtUp: isCaughtUp() };
    if (given.isCaughtUp) this.#isCaughtUp = false;
    return given;
  }
}

const pauseMsMin = 100;
const pauseMsMax = 5000;
/** How often to look whether what this node has registered is still there. */
const lookEveryMs = 1000;
