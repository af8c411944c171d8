import { randomBytes } from 'node:crypto';
import type pg from 'pg';
import type { StoredEvent } from '../../../events/envelope.ts';
import type { Log } from '../../log.ts';
import { appendStorable, loadNamed } from '../answers.ts';
import { askingPool } from '../asking-pool.ts';
import {
  type AppendItem,
  type AppendResult,
  type EventStore,
  type LoadRequest,
  StoreClosed,
  StoreUnreachable,
} from '../event-store.ts';
import { type BatchLimits, MicroBatcher } from '../micro-batcher.ts';
import { SharedTail } from '../postgres/shared-tail.ts';
import { type Storable, toStorable } from '../storable.ts';
import { appendCall } from './append-call.ts';
import { KurrentConnection } from './connection.ts';
import { bytesOf, fitting } from './envelope.ts';
import { Follower } from './follower.ts';
import { checkHolds, eventsAt, eventsBetween, loadStreams } from './reading.ts';
import { type Claim, Register, type Reserved } from './register.ts';

export type KurrentEventStoreOptions = {
  /** Address of the database that keeps the register, as the application's role. */
  readonly databaseUrl: string;
  readonly log: Pick<Log, 'warn'>;
  /** Milliseconds since 1970; the database's clock when left out. */
  readonly clock?: () => number;
  readonly appends?: Partial<BatchLimits>;
  /** How long a call waits for a server that is away. */
  readonly patienceSeconds?: number;
  /** A call that takes longer is taken for lost. */
  readonly callSecondsMax?: number;
};

/**
 * The log in KurrentDB (EventStoreDB), with its register in a PostgreSQL database that has been migrated.
 * @param url `esdb://…`
 */
export const kurrentEventStore = (url: string, options: KurrentEventStoreOptions): EventStore =>
  new KurrentEventStore(url, options);

type Open = { readonly connection: KurrentConnection; readonly follower: Follower };

class KurrentEventStore implements EventStore {
  readonly #pool: pg.Pool;
  readonly #register: Register;
  readonly #patienceSeconds: number;
  readonly #appends: MicroBatcher<Storable, AppendResult>;
  readonly #loads: MicroBatcher<LoadRequest, StoredEvent[]>;
  readonly #reservations: MicroBatcher<Claim, Reserved | undefined>;
  readonly #tail: SharedTail;
  readonly #listeners = new Set<() => void>();
  readonly #opening: Promise<Open>;
  #closing: Promise<void> | undefined;

  constructor(url: string, options: KurrentEventStoreOptions) {
    const { databaseUrl, clock, patienceSeconds = 20, callSecondsMax = 10 } = options;
    this.#patienceSeconds = patienceSeconds;
    this.#pool = askingPool(databaseUrl, {
      applicationName: 'hoi-sach log register',
      connectionsMax,
      statementSecondsMax: callSecondsMax,
    });
    this.#register = new Register(this.#pool, { patienceSeconds });
    this.#opening = this.#open(url, options);
    this.#opening.catch(() => {});
    this.#reservations = new MicroBatcher(
      (claims) => this.#reserve(claims),
      () => 1,
      reservationLimits,
    );
    this.#appends = new MicroBatcher(
      async (items) => {
        const { connection, follower } = await this.#opened();
        const reserve = (claims: readonly Claim[]) => this.#reservations.add(claims);
        const parts = { connection, follower, reserve, register: this.#register, clock, patienceSeconds };
        return appendCall(parts, items);
      },
      bytesOf,
      { ...appendLimits, ...options.appends },
    );
    this.#tail = new SharedTail((after, limit) => this.#readAfter(after, limit), { eventsMax: tailEventsMax });
    this.#loads = new MicroBatcher(
      async (requests) => loadStreams(await this.#readParts(), requests),
      () => 1,
      loadLimits,
    );
  }

  append(items: readonly AppendItem[]): Promise<AppendResult[]> {
    const checked = items.map((item) => fitting(toStorable(item)));
    return appendStorable(checked, (storable) => this.#appends.add(storable));
  }

  load(requests: readonly LoadRequest[]): Promise<StoredEvent[][]> {
    return loadNamed(requests, (named) => this.#loads.add(named));
  }

  read(after: number, limit: number): Promise<StoredEvent[]> {
    return this.#ask(() => this.#readAfter(after, limit));
  }

  follow(after: number, limit: number): Promise<StoredEvent[]> {
    return this.#ask(() => this.#tail.follow(after, limit));
  }

  async readAt(positions: readonly number[]): Promise<StoredEvent[]> {
    const places = await this.#ask((register) => register.at(positions));
    return eventsAt(await this.#readParts(), places);
  }

  head(): Promise<number> {
    return this.#ask((register) => register.head());
  }

  onAppend(listener: () => void): () => void {
    const own = () => listener();
    this.#listeners.add(own);
    return () => {
      this.#listeners.delete(own);
    };
  }

  close(): Promise<void> {
    return (this.#closing ??= this.#close());
  }

  async #close(): Promise<void> {
    await Promise.all([this.#appends.close(), this.#loads.close()]);
    await this.#reservations.close();
    this.#listeners.clear();
    const open = await this.#opening.catch(() => undefined);
    await open?.follower.close();
    await open?.connection.close();
    await this.#pool.end();
  }

  /** @throws LogLost */
  async #open(url: string, { log, callSecondsMax = 10 }: KurrentEventStoreOptions): Promise<Open> {
    const { name } = await this.#register.standing(newName());
    const connection = new KurrentConnection(url, { name, callSecondsMax });
    const [last] = await this.#register.at([await this.#register.head()]);
    try {
      if (last) await checkHolds(last, { connection, patienceSeconds: this.#patienceSeconds });
    } catch (error) {
      await connection.close();
      throw error;
    }
    const follower = new Follower({ connection, register: this.#register, name, log, callSecondsMax });
    follower.add(() => {
      for (const listener of this.#listeners) listener();
    });
    return { connection, follower };
  }

  /** Once all that was in the log is registered: before that, an id may be in it that nobody knows of. */
  async #opened(): Promise<Open> {
    const open = await this.#opening;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      const error = new StoreUnreachable(1, new Error('KurrentDB has not shown what it holds'));
      timer = setTimeout(() => reject(error), this.#patienceSeconds * 1000);
    });
    await Promise.race([open.follower.ready, late]).finally(() => clearTimeout(timer));
    return open;
  }

  async #readAfter(after: number, limit: number): Promise<StoredEvent[]> {
    return eventsBetween(await this.#readParts(), await this.#register.after(after, limit));
  }

  async #readParts() {
    return { ...(await this.#opened()), register: this.#register, patienceSeconds: this.#patienceSeconds };
  }

  async #ask<Answer>(question: (register: Register) => Promise<Answer>): Promise<Answer> {
    if (this.#closing) throw new StoreClosed();
    await this.#opened();
    return question(this.#register);
  }

  /** Of several who want the same id in the same moment the first one gets it, and the others look again. */
  async #reserve(claims: readonly Claim[]): Promise<(Reserved | undefined)[]> {
    const firsts = new Map<string, Claim>();
    for (const claim of claims) if (!firsts.has(claim.id)) firsts.set(claim.id, claim);
    const reserved = await this.#register.reserve([...firsts.values()]);
    return claims.map((claim) => {
      const answer = reserved.get(claim.id);
      const first = firsts.get(claim.id);
      return answer && 'proposedAt' in answer && first && first !== claim
        ? { claim: first, place: undefined, isStale: false }
        : answer;
    });
  }
}

const connectionsMax = 5;
const tailEventsMax = 500;

/** The part before the dash is what KurrentDB calls a category. */
const newName = (): string => `hoisach_${randomBytes(6).toString('hex')}-`;

/** A call is written on its own, many at once. Sizes in bytes. */
const appendLimits: BatchLimits = {
  lanes: 128,
  batchItemsMin: 1,
  batchItemsMax: 1,
  batchSizeMax: 0,
  queueItemsMax: 20_000,
  queueSizeMax: 64_000_000,
};

const reservationLimits: BatchLimits = {
  lanes: 2,
  batchItemsMin: 16,
  batchItemsMax: 1000,
  batchSizeMax: 1000,
  queueItemsMax: Infinity,
  queueSizeMax: Infinity,
};

const loadLimits: BatchLimits = {
  lanes: 2,
  batchItemsMin: 16,
  batchItemsMax: 512,
  batchSizeMax: 512,
  queueItemsMax: 20_000,
  queueSizeMax: 20_000,
};
