/** What was proposed, as the protocol carries it: data and metadata are bytes. */
export type Proposed = {
  readonly id: string;
  readonly type: string;
  readonly contentType: string;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
};

export type LogRecord = Proposed & {
  readonly stream: string;
  readonly revision: number;
  /** Bytes from the beginning of the log, with gaps between records. */
  readonly position: number;
  readonly created: number;
};

/** -1 where the stream must not exist. */
export type Expected = number | 'any' | 'exists';

export type Appended =
  | { readonly outcome: 'written'; readonly revision: number; readonly position: number }
  | { readonly outcome: 'wrong-version'; readonly current: number }
  | { readonly outcome: 'too-large'; readonly bytesMax: number };

/**
 * A log as KurrentDB keeps one, in memory: positions are bytes, so they have gaps; an id may stand in any number of
 * streams; an append is all or nothing and at most 1 MiB, unless told otherwise; the same ids again at the same explicit revision are taken for
 * a repetition and change nothing. It writes statistics of its own between ours, as a server does.
 */
export class StoredLog {
  readonly records: LogRecord[] = [];
  readonly #streams = new Map<string, LogRecord[]>();
  readonly #listeners = new Set<() => void>();
  /** What was expected of streams of ours, append by append. */
  readonly expectations: Expected[] = [];
  readonly #appendBytesMax: number;
  #end = 0;

  constructor({ appendBytesMax = 1_048_576 } = {}) {
    this.#appendBytesMax = appendBytesMax;
    this.#write('$users', [systemEvent('$UserCreated')]);
  }

  stream(name: string): readonly LogRecord[] | undefined {
    return this.#streams.get(name);
  }

  /** The index in `records` of what stands behind a position; undefined where no record begins there. */
  indexAfter(position: number): number | undefined {
    let [low, high] = [0, this.records.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.records[middle]?.position ?? 0) < position) low = middle + 1;
      else high = middle;
    }
    return this.records[low]?.position === position ? low + 1 : undefined;
  }

  append(stream: string, expected: Expected, events: readonly Proposed[]): Appended {
    const bytes = events.reduce((sum, each) => sum + each.data.length + each.metadata.length + 2 * each.type.length, 0);
    this.expectations.push(expected);
    if (bytes > this.#appendBytesMax) return { outcome: 'too-large', bytesMax: this.#appendBytesMax };
    const existing = this.#streams.get(stream) ?? [];
    const current = existing.length - 1;
    if (typeof expected === 'number' && expected !== current) {
      const repeated = existing.slice(expected + 1, expected + 1 + events.length);
      const isRepetition =
        events.length > 0 && repeated.length === events.length && repeated.every(({ id }, at) => id === events[at]?.id);
      const last = repeated.at(-1);
      return isRepetition && last
        ? { outcome: 'written', revision: last.revision, position: last.position }
        : { outcome: 'wrong-version', current };
    }
    if (expected === 'exists' && current < 0) return { outcome: 'wrong-version', current };
    if (this.records.length % 7 === 0) this.#write('$stats-127.0.0.1:2113', [systemEvent('$statsCollected')]);
    const last = this.#write(stream, events);
    for (const listener of this.#listeners) listener();
    return { outcome: 'written', revision: last?.revision ?? current, position: last?.position ?? -1 };
  }

  onAppend(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  #write(stream: string, events: readonly Proposed[]): LogRecord | undefined {
    const existing = this.#streams.get(stream) ?? [];
    this.#streams.set(stream, existing);
    for (const event of events) {
      const record = { ...event, stream, revision: existing.length, position: this.#end, created: Date.now() };
      this.#end += 100 + event.data.length + event.metadata.length + (this.#end % 13);
      existing.push(record);
      this.records.push(record);
    }
    return existing.at(-1);
  }
}

const systemEvent = (type: string): Proposed => ({
  id: crypto.randomUUID(),
  type,
  contentType: 'application/json',
  data: Buffer.from('{}'),
  metadata: new Uint8Array(),
});
