import type { StoredEvent } from '../../../events/envelope.ts';

type Read = (after: number, limit: number) => Promise<StoredEvent[]>;

/**
 * The end of the log as it was last read, since several follow it and each would ask for the same: what one of them has
 * read is there for the others. It holds no more than `eventsMax` events; only what comes after them is asked for.
 */
export class SharedTail {
  readonly #read: Read;
  readonly #eventsMax: number;
  /** Follow one another in the log without a gap, and follow `#after`. */
  #events: readonly StoredEvent[] = [];
  #after = 0;
  #failures = 0;

  constructor(read: Read, { eventsMax }: { readonly eventsMax: number }) {
    this.#read = read;
    this.#eventsMax = eventsMax;
  }

  /** The log after a position, in order, at most `limit` events. */
  async read(after: number, limit: number): Promise<StoredEvent[]> {
    const known = after < this.#after ? [] : this.#since(after, limit);
    const rest = limit - known.length;
    if (rest <= 0) return known;
    const from = known.at(-1)?.position ?? after;
    const failures = this.#failures;
    const news = await this.#readOrForget(from, rest);
    if (failures === this.#failures) this.#keep(from, news);
    return known.length === 0 ? news : [...known, ...news];
  }

  /** Where a read fails, the server that answers next may have lost the last events, and goes on with others. */
  async #readOrForget(after: number, limit: number): Promise<StoredEvent[]> {
    try {
      return await this.#read(after, limit);
    } catch (error) {
      this.#failures += 1;
      this.#events = [];
      this.#after = 0;
      throw error;
    }
  }

  /** Most readers want but the last few. */
  #since(after: number, limit: number): StoredEvent[] {
    const first = this.#events.findLastIndex(({ position }) => position <= after) + 1;
    return this.#events.slice(first, first + limit);
  }

  #keep(from: number, news: readonly StoredEvent[]): void {
    if (news.length === 0 || from < this.#after) return;
    const end = this.#events.at(-1)?.position ?? this.#after;
    if (from !== end) {
      // Others have read on meanwhile, or the reader is far behind them, or far ahead.
      if (from < end) return;
      this.#events = [];
      this.#after = from;
    }
    const all = [...this.#events, ...news];
    const dropped = Math.max(0, all.length - this.#eventsMax);
    this.#after = all[dropped - 1]?.position ?? this.#after;
    this.#events = all.slice(dropped);
  }
}
