import type pg from 'pg';
import type { StoredEvent } from '../../../events/envelope.ts';
import { appendStorable, loadNamed } from '../answers.ts';
import { askingPool } from '../asking-pool.ts';
import { type AppendItem, type AppendResult, type EventStore, type LoadRequest, StoreClosed } from '../event-store.ts';
import { type BatchLimits, MicroBatcher } from '../micro-batcher.ts';
import { type Storable, toStorable } from '../storable.ts';
import { AppendListener } from './append-listener.ts';
import { appendBatch } from './append-log.ts';
import { type Asks, head, load, readAfter, readAt } from './event-queries.ts';
import { patiently } from './patience.ts';
import { Pipeline } from './pipeline.ts';
import { keptOf } from './own-events.ts';
import { SharedTail } from './shared-tail.ts';

export type PostgresEventStoreOptions = {
  /** Milliseconds since 1970; the database's clock when left out. */
  readonly clock?: () => number;
  readonly appends?: Partial<BatchLimits>;
  readonly loads?: Partial<BatchLimits>;
  /** How long a call waits for a database that is away. */
  readonly patienceSeconds?: number;
  /** A statement that takes longer is taken for lost. */
  readonly statementSecondsMax?: number;
  /** How often to look for events nobody told of. */
  readonly pollSeconds?: number;
};

/** The log in a PostgreSQL database that has been migrated; `url` is that of the application's role. */
export const postgresEventStore = (url: string, options: PostgresEventStoreOptions = {}): EventStore =>
  new PostgresEventStore(ownConnections(url, options), options);

/**
 * The same over connections that somebody else opens and closes, and through poolers that keep no session: no statement
 * follows another before its answer, nobody LISTENs, and `onAppend` tells of one's own appends only.
 */
export const postgresEventStoreOn = (pool: pg.Pool, options: PostgresEventStoreOptions = {}): EventStore =>
  new PostgresEventStore({ writer: pool, readers: pool, listenAt: undefined, close: async () => {} }, options);

type Connections = {
  readonly writer: Asks;
  readonly readers: Asks;
  readonly listenAt: string | undefined;
  readonly close: () => Promise<unknown>;
};

class PostgresEventStore implements EventStore {
  readonly #appends: MicroBatcher<Storable, AppendResult>;
  readonly #loads: MicroBatcher<LoadRequest, StoredEvent[]>;
  readonly #listener: AppendListener;
  readonly #tail: SharedTail;
  readonly #connections: Connections;
  readonly #readers: Asks;
  readonly #patienceSeconds: number;
  #closing: Promise<void> | undefined;

  constructor(connections: Connections, options: PostgresEventStoreOptions) {
    const { clock, patienceSeconds = 20, pollSeconds = 2 } = options;
    const { writer, readers, listenAt } = connections;
    this.#patienceSeconds = patienceSeconds;
    this.#connections = connections;
    this.#readers = readers;
    this.#listener = new AppendListener(listenAt, {
      head: () => this.#head(),
      pollSeconds,
      onBroken: () => this.#tail.forget(),
    });
    this.#tail = new SharedTail((after, limit) => readAfter(readers, after, limit), tailSizes);
    const log = telling(writer, () => this.#tail.forget());
    this.#appends = new MicroBatcher(
      async (items) => {
        const results = await appendBatch(log, items, { clock, patienceSeconds });
        this.#tail.add(keptOf(items, results));
        this.#listener.tell(lastPosition(results));
        return results;
      },
      ({ data, meta }) => data.length + meta.length,
      { ...appendLimits, ...options.appends },
    );
    this.#loads = new MicroBatcher(
      (requests) => patiently(patienceSeconds, () => load(this.#readers, requests)),
      () => 1,
      { ...loadLimits, ...options.loads },
    );
  }

  append(items: readonly AppendItem[]): Promise<AppendResult[]> {
    return appendStorable(items.map(toStorable), (storable) => this.#appends.add(storable));
  }

  load(requests: readonly LoadRequest[]): Promise<StoredEvent[][]> {
    return loadNamed(requests, (named) => this.#loads.add(named));
  }

  read(after: number, limit: number): Promise<StoredEvent[]> {
    return this.#ask(() => readAfter(this.#readers, after, limit));
  }

  follow(after: number, limit: number): Promise<StoredEvent[]> {
    return this.#ask(() => this.#tail.follow(after, limit, this.#listener.toldOf));
  }

  readAt(positions: readonly number[]): Promise<StoredEvent[]> {
    return this.#ask(() => readAt(this.#readers, positions));
  }

  head(): Promise<number> {
    return this.#ask(() => this.#head());
  }

  onAppend(listener: () => void): () => void {
    return this.#listener.add(listener);
  }

  close(): Promise<void> {
    return (this.#closing ??= this.#close());
  }

  /** Whoever asks now and then where the log ends also learns whether it has lost its end. */
  async #head(): Promise<number> {
    const position = await head(this.#readers);
    this.#tail.endsAt(position);
    return position;
  }

  async #close(): Promise<void> {
    await Promise.all([this.#appends.close(), this.#loads.close()]);
    await Promise.all([this.#listener.close(), this.#connections.close()]);
  }

  async #ask<Answer>(question: () => Promise<Answer>): Promise<Answer> {
    if (this.#closing) throw new StoreClosed();
    return patiently(this.#patienceSeconds, question);
  }
}

/** Sizes in UTF-16 units of JSON. Measured: docs/decisions/0010-append-throughput.md. */
const appendLimits: BatchLimits = {
  lanes: 2,
  laneItemsMin: 32,
  batchItemsMin: 16,
  batchItemsMax: 512,
  batchSizeMax: 1_000_000,
  queueItemsMax: 20_000,
  queueSizeMax: 64_000_000,
};

/** Sizes in streams. A second statement in flight would only make both smaller: docs/decisions/0020-a-check-in-over-http.md. */
const loadLimits: BatchLimits = {
  lanes: 1,
  batchItemsMin: 16,
  batchItemsMax: 512,
  batchSizeMax: 512,
  queueItemsMax: 20_000,
  queueSizeMax: 20_000,
};

/** Twice what projections, reactions and the seal read at once at a busy gate. */
const tailSizes = { eventsMax: 500, ownEventsMax: 1000 };

const ownConnections = (url: string, { statementSecondsMax = 30 }: PostgresEventStoreOptions): Connections => {
  const writer = new Pipeline(url, { applicationName: 'hoi-sach log', timeoutSeconds: statementSecondsMax });
  const readers = askingPool(url, {
    applicationName: 'hoi-sach log reader',
    connectionsMax: readersMax,
    statementSecondsMax,
  });
  return { writer, readers, listenAt: url, close: () => Promise.all([writer.close(), readers.end()]) };
};

const readersMax = 4;

/** The same, which tells when a statement fails. */
const telling = (log: Asks, onFailure: () => void): Asks => ({
  query: async (statement) => {
    try {
      return await log.query(statement);
    } catch (error) {
      onFailure();
      throw error;
    }
  },
});

const lastPosition = (results: readonly AppendResult[]): number =>
  results.reduce((last, result) => (result.outcome === 'appended' ? Math.max(last, result.position) : last), 0);
