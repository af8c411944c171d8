import { StoreClosed, StoreFull } from './event-store.ts';

export type BatchLimits = {
  /** Statements in flight at once. */
  readonly lanes: number;
  /** For fewer items no lane is opened beside a busy one, whose answer they wait for; 1 unless told. */
  readonly laneItemsMin?: number;
  /** A batch is not made smaller than this in order to feed another lane. */
  readonly batchItemsMin: number;
  readonly batchItemsMax: number;
  readonly batchSizeMax: number;
  readonly queueItemsMax: number;
  readonly queueSizeMax: number;
};

type Call<Item, Result> = {
  readonly items: readonly Item[];
  readonly size: number;
  readonly resolve: (results: Result[]) => void;
  readonly reject: (error: unknown) => void;
};

/**
 * Turns many small calls into few statements. An idle lane takes what came in during one turn of the event loop; what
 * arrives while all lanes are busy goes with the next statement. The items of one call always travel together, in order.
 */
export class MicroBatcher<Item, Result> {
  readonly #write: (items: readonly Item[]) => Promise<readonly Result[]>;
  readonly #sizeOf: (item: Item) => number;
  readonly #limits: BatchLimits;
  #queue: Call<Item, Result>[] = [];
  #queuedItems = 0;
  #queuedSize = 0;
  #inFlight = 0;
  #isFlushing = false;
  #isClosed = false;
  readonly #whenIdle: (() => void)[] = [];

  /**
   * @param write answers one result an item, in order; when it rejects, every call of the batch does
   * @param sizeOf in whatever unit the limits use
   */
  constructor(
    write: (items: readonly Item[]) => Promise<readonly Result[]>,
    sizeOf: (item: Item) => number,
    limits: BatchLimits,
  ) {
    this.#write = write;
    this.#sizeOf = sizeOf;
    this.#limits = limits;
  }

  /** @throws StoreFull when the queue has no room for all of the items; none of them is taken then. */
  add(items: readonly Item[]): Promise<Result[]> {
    if (this.#isClosed) return Promise.reject(new StoreClosed());
    if (items.length === 0) return Promise.resolve([]);
    let size = 0;
    for (const item of items) size += this.#sizeOf(item);
    const { queueItemsMax, queueSizeMax } = this.#limits;
    const isFull = this.#queuedItems + items.length > queueItemsMax || this.#queuedSize + size > queueSizeMax;
    if (isFull && this.#queue.length > 0) return Promise.reject(new StoreFull(1));
    return new Promise((resolve, reject) => {
      this.#queue.push({ items, size, resolve, reject });
      this.#queuedItems += items.length;
      this.#queuedSize += size;
      this.#flushSoon();
    });
  }

  /** Takes nothing more, and resolves once nothing waits and nothing is in flight. */
  close(): Promise<void> {
    this.#isClosed = true;
    if (this.#inFlight === 0 && this.#queue.length === 0) return Promise.resolve();
    return new Promise((resolve) => this.#whenIdle.push(resolve));
  }

  /** At the end of this turn of the event loop, so that all who were just answered, or just arrived, go together. */
  #flushSoon(): void {
    if (this.#isFlushing || !this.#hasLane()) return;
    this.#isFlushing = true;
    setImmediate(() => {
      this.#isFlushing = false;
      while (this.#queue.length > 0 && this.#hasLane()) void this.#send(this.#take());
    });
  }

  #hasLane(): boolean {
    const { lanes, laneItemsMin = 1 } = this.#limits;
    return this.#inFlight === 0 || (this.#inFlight < lanes && this.#queuedItems >= laneItemsMin);
  }

  /** The free lanes that it is worthwhile to open share what waits. */
  #take(): Call<Item, Result>[] {
    const { lanes, laneItemsMin = 1, batchItemsMin, batchItemsMax, batchSizeMax } = this.#limits;
    const worthwhile = Math.max(1, Math.floor(this.#queuedItems / laneItemsMin));
    const share = Math.ceil(this.#queuedItems / Math.min(lanes - this.#inFlight, worthwhile));
    const itemsMax = Math.min(Math.max(share, batchItemsMin), batchItemsMax);
    let [taken, items, size] = [0, 0, 0];
    for (const call of this.#queue) {
      if (taken > 0 && (items + call.items.length > itemsMax || size + call.size > batchSizeMax)) break;
      taken += 1;
      items += call.items.length;
      size += call.size;
    }
    this.#queuedItems -= items;
    this.#queuedSize -= size;
    return this.#queue.splice(0, taken);
  }

  async #send(calls: readonly Call<Item, Result>[]): Promise<void> {
    this.#inFlight += 1;
    try {
      const results = await this.#write(calls.flatMap((call) => call.items));
      let from = 0;
      for (const call of calls) {
        call.resolve(results.slice(from, from + call.items.length));
        from += call.items.length;
      }
    } catch (error) {
      for (const call of calls) call.reject(error);
    }
    this.#inFlight -= 1;
    if (this.#queue.length > 0) this.#flushSoon();
    else if (this.#inFlight === 0) for (const resolve of this.#whenIdle.splice(0)) resolve();
  }
}
