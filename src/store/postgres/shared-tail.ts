import type { StoredEvent } from '../../../events/envelope.ts';

type Read = (after: number, limit: number) => Promise<StoredEvent[]>;

/** An event whose text is taken apart when somebody wants it. */
export type Kept = { readonly position: number; readonly event: () => StoredEvent };

type Sizes = {
  /** Events that are kept of what was read. */
  readonly eventsMax: number;
  /** Events that are kept where this process appended the last ones; as many unless told. */
  readonly ownEventsMax?: number;
};

/**
 * The end of the log, since several follow it and each would ask for the same: what one of them has read, or this process
 * has appended, is there for the others. Only what comes after that is asked for.
 */
export class SharedTail {
  readonly #read: Read;
  readonly #sizes: Required<Sizes>;
  /** Follow one another in the log without a gap, and follow `#after`. */
  #events: readonly Kept[] = [];
  #after = 0;
  #forgotten = 0;

  constructor(read: Read, { eventsMax, ownEventsMax = eventsMax }: Sizes) {
    this.#read = read;
    this.#sizes = { eventsMax, ownEventsMax };
  }

  /**
   * The log after a position, in order, at most `limit` events.
   * @param toldOf the last position that anybody expects here: where that is at hand, nothing is asked for
   */
  async follow(after: number, limit: number, toldOf = Infinity): Promise<StoredEvent[]> {
    const known = after < this.#after ? [] : this.#since(after, limit);
    const rest = limit - known.length;
    const from = known.at(-1)?.position ?? after;
    if (rest <= 0 || (known.length > 0 && from >= toldOf)) return known;
    const forgotten = this.#forgotten;
    const news = await this.#readOrForget(from, rest);
    if (forgotten === this.#forgotten) this.#keep(from, news);
    // What was known may be lost, and the news another server's.
    else if (known.length > 0) return this.#readOrForget(after, limit);
    return known.length === 0 ? news : [...known, ...news];
  }

  /** Takes what this process has appended, by consecutive positions, where nobody else has written in between. */
  add(own: readonly Kept[]): void {
    const [first, last] = [own[0], own.at(-1)];
    if (!first || !last || last.position - first.position !== own.length - 1) return;
    // The log goes on where it was before: it has lost what was there.
    if (first.position <= this.#end) this.forget();
    else if (first.position === this.#end + 1) this.#extend(own, this.#sizes.ownEventsMax);
  }

  /** Told where the log ends; one that ends sooner than it did has lost something. */
  endsAt(position: number): void {
    if (position < this.#end) this.forget();
  }

  /** Where a server fails, the one that answers next may have lost the last events, and goes on with others. */
  forget(): void {
    this.#forgotten += 1;
    this.#events = [];
    this.#after = 0;
  }

  get #end(): number {
    return this.#events.at(-1)?.position ?? this.#after;
  }

  async #readOrForget(after: number, limit: number): Promise<StoredEvent[]> {
    try {
      return await this.#read(after, limit);
    } catch (error) {
      this.forget();
      throw error;
    }
  }

  /** Most readers want but the last few. */
  #since(after: number, limit: number): StoredEvent[] {
    const first = this.#events.findLastIndex(({ position }) => position <= after) + 1;
    return this.#events.slice(first, first + limit).map(({ event }) => event());
  }

  #keep(from: number, news: readonly StoredEvent[]): void {
    if (news.length === 0 || from < this.#after) return;
    if (from !== this.#end) {
      // Others have read on meanwhile, or the reader is far behind them, or far ahead.
      if (from < this.#end) return;
      this.#events = [];
      this.#after = from;
    }
    const kept = news.map((event) => ({ position: event.position, event: () => event }));
    this.#extend(kept, this.#sizes.eventsMax);
  }

  #extend(news: readonly Kept[], eventsMax: number): void {
    const all = [...this.#events, ...news];
    const dropped = Math.max(0, all.length - eventsMax);
    this.#after = all[dropped - 1]?.position ?? this.#after;
    this.#events = all.slice(dropped);
  }
}
