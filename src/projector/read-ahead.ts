import type { StoredEvent } from '../../events/envelope.ts';
import type { EventStore } from '../store/event-store.ts';

/** @param isLast whether the log ended with these events just now */
export type Ahead = { readonly events: readonly StoredEvent[]; readonly isLast: boolean };

/** Events that one statement asks for; one of them may be a catalogue's chunk of 128 KB. */
const readMax = 2500;
/** Facts, and lines of catalogues and sales, in one batch. Twice as many are in memory: one is folded, the next has come. */
const linesMax = 150_000;

/** Reads a log batch by batch; while one is folded the next is on its way. */
export class ReadAhead {
  readonly #store: Pick<EventStore, 'read'>;
  readonly #batchMax: number;
  #ahead: { readonly after: number; readonly batch: Promise<Ahead> } | undefined;

  constructor(store: Pick<EventStore, 'read'>, { batchMax = 50_000 }: { readonly batchMax?: number }) {
    this.#store = store;
    this.#batchMax = batchMax;
  }

  /** The next events after a position. Where the log ended is asked anew: it may have grown since the batch was read. */
  async next(after: number): Promise<Ahead> {
    const ahead = this.#ahead?.after === after ? this.#ahead.batch : undefined;
    this.#ahead = undefined;
    const kept = await ahead;
    if (kept?.isLast && kept.events.length > 0) return { events: kept.events, isLast: false };
    const { events, isLast } = kept && !kept.isLast ? kept : await this.#read(after);
    const last = events.at(-1)?.position;
    if (last !== undefined && !isLast) {
      const batch = this.#read(last);
      // Whoever asks for it hears of an error; nobody else does.
      batch.catch(() => {});
      this.#ahead = { after: last, batch };
    }
    return { events, isLast };
  }

  async #read(after: number): Promise<Ahead> {
    const events: StoredEvent[] = [];
    let lines = 0;
    while (events.length < this.#batchMax && lines < linesMax) {
      const limit = Math.min(readMax, this.#batchMax - events.length);
      const read = await this.#store.read(events.at(-1)?.position ?? after, limit);
      for (const event of read) {
        events.push(event);
        lines += linesOf(event);
      }
      if (read.length < limit) return { events, isLast: true };
    }
    return { events, isLast: false };
  }
}

const linesOf = ({ data }: StoredEvent): number =>
  typeof data === 'object' && data !== null && 'lines' in data && Array.isArray(data.lines) ? data.lines.length : 1;
