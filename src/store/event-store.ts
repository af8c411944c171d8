import type { NewEvent, StoredEvent } from '../../events/envelope.ts';

/** One event for one stream. `expectedVersion` is the stream's version it was decided on; 0 means the stream must not exist. */
export type AppendItem = {
  readonly stream: string;
  readonly expectedVersion: number;
  readonly event: NewEvent;
  /** Another stream that must still be at this version, since it was decided on that too. */
  readonly condition?: StreamAt;
};

/** A stream's version; 0 for one that does not exist. */
export type StreamAt = { readonly stream: string; readonly version: number };

/** What became of one item. Nothing an item does can fail its neighbours. */
export type AppendResult =
  | { readonly outcome: 'appended'; readonly position: number; readonly version: number; readonly recordedAt: number }
  /** The event id is in the log already, in whatever stream; checked before the version. */
  | {
      readonly outcome: 'duplicate';
      readonly stream: string;
      readonly version: number;
      readonly position: number;
      readonly recordedAt: number;
      readonly digest: string;
    }
  /** The stream is at another version than expected, or the condition does not hold: load again, decide again. */
  | { readonly outcome: 'conflict'; readonly currentVersion: number }
  /** This item, and only this one, cannot be stored. */
  | { readonly outcome: 'failed'; readonly error: Error };

export type LoadRequest = { readonly stream: string; readonly afterVersion: number };

/**
 * An append-only log of streams with one total order.
 * All adapters give the same answers to the same calls; `test/store/contract.ts` says which.
 */
export interface EventStore {
  /**
   * Appends every item that fits, in the order given within a stream.
   * @returns one result an item, in the order of the items; a resolved `appended` is durable.
   * @throws StoreFull when the queue in front of the store is full; nothing was written then.
   * @throws StoreUnreachable when the database stays away; whether the items are in the log is unknown then.
   */
  append(items: readonly AppendItem[]): Promise<AppendResult[]>;

  /** The events of each stream after a version, in order; an empty list for a stream that does not exist. */
  load(requests: readonly LoadRequest[]): Promise<StoredEvent[][]>;

  /** The log after a position, in order, at most `limit` events. Whoever has read up to n has missed nothing. */
  read(after: number, limit: number): Promise<StoredEvent[]>;

  /**
   * The same for those who come again whenever `onAppend` tells them: what it has not told of yet may be missing. Several
   * who follow the log share what was read, and what this process appended is not read at all.
   */
  follow(after: number, limit: number): Promise<StoredEvent[]>;

  /** The events at these positions, in log order. Positions that do not exist are left out. */
  readAt(positions: readonly number[]): Promise<StoredEvent[]>;

  /** The position of the last event, 0 for an empty log. */
  head(): Promise<number>;

  /** Calls back, with no promise of how often, after something was appended by any node. Returns the way to stop. */
  onAppend(listener: () => void): () => void;

  /** Resolves once everything that was accepted is answered. Whoever asks afterwards gets StoreClosed. */
  close(): Promise<void>;
}

/** Too much waits to be written; the caller may try again after `retryAfterSeconds`. */
export class StoreFull extends Error {
  readonly retryAfterSeconds: number;
  constructor(retryAfterSeconds: number) {
    super(`the event store's queue is full, try again in ${retryAfterSeconds} s`);
    this.name = 'StoreFull';
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** The database stayed away for too long. Repeating the call is safe: ids make it count once. */
export class StoreUnreachable extends Error {
  readonly retryAfterSeconds: number;
  constructor(retryAfterSeconds: number, cause: unknown) {
    super(`the event store cannot be reached, try again in ${retryAfterSeconds} s`, { cause });
    this.name = 'StoreUnreachable';
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

export class StoreClosed extends Error {
  constructor() {
    super('the event store is closed');
    this.name = 'StoreClosed';
  }
}
