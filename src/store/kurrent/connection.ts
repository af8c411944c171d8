import {
  type AllStreamSubscription,
  type Credentials,
  EventStoreDBClient,
  type JSONEventData,
  NO_STREAM,
  START,
  StreamNotFoundError,
  streamNameFilter,
  WrongExpectedVersionError,
} from '@eventstore/db-client';
import { CallTimedOut } from './failure.ts';
import { toCommit, toWritten, type Written } from './envelope.ts';

export type AppendRequest = {
  readonly stream: string;
  readonly expectedVersion: number;
  readonly events: JSONEventData[];
};

type Options = {
  /** What our streams begin with. */
  readonly name: string;
  readonly callSecondsMax: number;
};

/** Called for what a subscription meets, in the order of the log. */
export type Heard = {
  readonly event: (event: Written) => void;
  /** Everything of ours up to this commit position was given. */
  readonly reached: (commit: number) => void;
  /** All that was there when it began was given. */
  readonly caughtUp: () => void;
  readonly ended: (error: unknown) => void;
};

/** KurrentDB, as far as a log needs it. No call lasts longer than it may. */
export class KurrentConnection {
  readonly #client: EventStoreDBClient;
  readonly #credentials: { readonly credentials: Credentials };
  readonly #name: string;
  readonly #deadlineMs: number;

  /** @param url `esdb://…`, as the client takes it */
  constructor(url: string, { name, callSecondsMax }: Options) {
    this.#client = clientOf(url);
    this.#credentials = credentialsIn(url);
    this.#name = name;
    this.#deadlineMs = callSecondsMax * 1000;
  }

  /**
   * Appends all events or none, at an explicit revision; repeated with the same ids at the same revision it changes nothing.
   * @returns the stream's version where that is another than expected
   * @throws what `failureKind` sorts
   */
  async append({ stream, expectedVersion, events }: AppendRequest): Promise<'written' | { currentVersion: number }> {
    // With credentials of its own a call goes alone, and ends at its deadline. The client's batches share one call that has
    // none, and whose promises are never settled when it ends.
    const call = this.#client.appendToStream(`${this.#name}${stream}`, events, {
      expectedRevision: expectedVersion === 0 ? NO_STREAM : BigInt(expectedVersion - 1),
      ...this.#credentials,
      deadline: this.#deadlineMs,
      requiresLeader: true,
    });
    try {
      await this.#within(call);
      return 'written';
    } catch (error) {
      if (!(error instanceof WrongExpectedVersionError)) throw error;
      return { currentVersion: error.actualVersion === NO_STREAM ? 0 : Number(error.actualVersion) + 1 };
    }
  }

  /** The events of a stream after a version, in order; none of a stream that does not exist. */
  async load(stream: string, { afterVersion, limit }: { afterVersion: number; limit?: number }): Promise<Written[]> {
    const events: Written[] = [];
    const reading = this.#client.readStream(`${this.#name}${stream}`, {
      fromRevision: BigInt(Math.max(0, afterVersion)),
      deadline: this.#deadlineMs,
      requiresLeader: true,
      ...(limit === undefined ? {} : { maxCount: limit }),
    });
    const collect = async () => {
      for await (const { event } of reading) if (event) events.push(toWritten(event, this.#name));
    };
    try {
      await this.#within(collect());
      return events;
    } catch (error) {
      if (error instanceof StreamNotFoundError) return [];
      throw error;
    }
  }

  /**
   * Follows the streams of our log in `$all` after a commit position, -1 for the beginning; the server leaves out the rest.
   * @returns the way to stop
   */
  follow(afterCommit: number, heard: Heard): AllStreamSubscription {
    const after = { commit: BigInt(afterCommit), prepare: BigInt(afterCommit) };
    const subscription = this.#client.subscribeToAll(
      {
        fromPosition: afterCommit < 0 ? START : after,
        filter: streamNameFilter({
          prefixes: [this.#name],
          checkpointInterval: 32,
          checkpointReached: (_, { commit }) => {
            // What was read and not yet given stands before the checkpoint.
            if (subscription.readableLength === 0) heard.reached(toCommit(commit));
          },
        }),
      },
      { highWaterMark: eventsAhead },
    );
    subscription.on('data', ({ event }) => {
      try {
        if (event) heard.event(toWritten(event, this.#name));
      } catch (error) {
        subscription.destroy();
        heard.ended(error);
      }
    });
    subscription.on('caughtUp', heard.caughtUp);
    subscription.on('error', heard.ended);
    subscription.on('end', () => heard.ended(new Error('the server ended the subscription')));
    subscription.on('close', () => heard.ended(new Error('the subscription was closed')));
    return subscription;
  }

  /** Our events after one commit position, up to another at which one of them stands. */
  async range(after: number, upTo: number): Promise<Written[]> {
    const events: Written[] = [];
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const subscription = this.follow(after, {
      event: (event) => {
        if (event.commit <= upTo) events.push(event);
        if (event.commit >= upTo) resolve();
      },
      reached: (commit) => commit >= upTo && resolve(),
      caughtUp: () => {},
      ended: reject,
    });
    try {
      await this.#within(promise);
      return events;
    } finally {
      endSubscription(subscription);
    }
  }

  async close(): Promise<void> {
    await this.#client.dispose();
  }

  /** The client ends a call at its deadline; this is for calls that it forgets. */
  async #within<Answer>(call: Promise<Answer>): Promise<Answer> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new CallTimedOut('KurrentDB did not answer')), this.#deadlineMs + graceMs);
    });
    try {
      return await Promise.race([call, late]);
    } finally {
      clearTimeout(timer);
    }
  }
}

/** @throws TypeError that says nothing of the address, which has a password in it */
function clientOf(url: string): EventStoreDBClient {
  try {
    return EventStoreDBClient.connectionString(url);
  } catch {
    throw new TypeError('EVENT_STORE: the client does not understand the address, or a file it names is not there');
  }
}

/** What it still says is heard by nobody. */
export function endSubscription(subscription: AllStreamSubscription): void {
  subscription.destroy();
  subscription.unsubscribe().catch(() => {});
}

const eventsAhead = 250;
const graceMs = 500;

/**
 * Those of the address, for the call that needs to be given some. Over a plain connection the client sends none, and any
 * will do.
 * @throws TypeError where there is no login: without one the client writes in a way that can end the process
 */
function credentialsIn(url: string): { readonly credentials: Credentials } {
  const [, username, password] = /^[^:]+:\/\/([^:/@]+):([^@]+)@/.exec(url) ?? [];
  if (username !== undefined && password !== undefined)
    return { credentials: { username: decodeURIComponent(username), password: decodeURIComponent(password) } };
  if (!/[?&]tls=false(&|$)/.test(url))
    throw new TypeError(
      'EVENT_STORE: the address needs a login, esdb://user:password@host:2113, unless it says tls=false',
    );
  return { credentials: { username: '', password: '' } };
}
