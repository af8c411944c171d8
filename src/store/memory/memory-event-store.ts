import type { StoredEvent } from '../../../events/envelope.ts';
import { type AppendItem, type AppendResult, type EventStore, type LoadRequest, StoreClosed } from '../event-store.ts';
import { NotStorable, toStorable, toStored } from '../storable.ts';

/**
 * The log in memory, for tests and trials: it answers as the others do and is gone with the process.
 * @param clock milliseconds since 1970
 */
export const memoryEventStore = ({ clock = Date.now }: { clock?: () => number } = {}): EventStore =>
  new MemoryEventStore(clock);

class MemoryEventStore implements EventStore {
  readonly #clock: () => number;
  readonly #log: StoredEvent[] = [];
  readonly #byId = new Map<string, StoredEvent>();
  readonly #streams = new Map<string, StoredEvent[]>();
  readonly #listeners = new Set<() => void>();
  #isClosed = false;

  constructor(clock: () => number) {
    this.#clock = clock;
  }

  async append(items: readonly AppendItem[]): Promise<AppendResult[]> {
    this.#checkOpen();
    const recordedAt = Math.max(this.#log.at(-1)?.recordedAt ?? -Infinity, this.#clock());
    const before = this.#log.length;
    const results = items.map((item) => this.#appendOne(item, recordedAt));
    if (this.#log.length > before) for (const listener of this.#listeners) queueMicrotask(listener);
    return results;
  }

  async load(requests: readonly LoadRequest[]): Promise<StoredEvent[][]> {
    this.#checkOpen();
    return requests.map(({ stream, afterVersion }) => copied(from(this.#streams.get(stream) ?? [], afterVersion)));
  }

  async read(after: number, limit: number): Promise<StoredEvent[]> {
    this.#checkOpen();
    return copied(from(this.#log, after).slice(0, limit));
  }

  follow(after: number, limit: number): Promise<StoredEvent[]> {
    return this.read(after, limit);
  }

  async readAt(positions: readonly number[]): Promise<StoredEvent[]> {
    this.#checkOpen();
    const inOrder = [...new Set(positions)].toSorted((a, b) => a - b);
    return copied(inOrder.flatMap((position) => this.#log[position - 1] ?? []));
  }

  async head(): Promise<number> {
    this.#checkOpen();
    return this.#log.length;
  }

  onAppend(listener: () => void): () => void {
    const own = () => listener();
    this.#listeners.add(own);
    return () => {
      this.#listeners.delete(own);
    };
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#listeners.clear();
  }

  #checkOpen(): void {
    if (this.#isClosed) throw new StoreClosed();
  }

  #appendOne(item: AppendItem, recordedAt: number): AppendResult {
    const storable = toStorable(item);
    if (storable instanceof NotStorable) return { outcome: 'failed', error: storable };
    const { stream, expectedVersion, event, condition } = storable;
    const original = this.#byId.get(event.id);
    if (original) return duplicateOf(original);
    const versions = this.#streams.get(stream) ?? [];
    const holds = !condition || (this.#streams.get(condition.stream)?.length ?? 0) === condition.version;
    if (versions.length !== expectedVersion || !holds) return { outcome: 'conflict', currentVersion: versions.length };

    const place = { position: this.#log.length + 1, version: expectedVersion + 1, recordedAt };
    const stored = toStored(storable, place);
    this.#log.push(stored);
    this.#byId.set(event.id, stored);
    versions.push(stored);
    this.#streams.set(stream, versions);
    return { outcome: 'appended', ...place };
  }
}

const duplicateOf = ({ stream, version, position, recordedAt, meta }: StoredEvent): AppendResult => ({
  outcome: 'duplicate',
  stream,
  version,
  position,
  recordedAt,
  digest: meta.digest,
});

const from = (events: readonly StoredEvent[], after: number): StoredEvent[] => events.slice(Math.max(0, after));

/** So that nobody can change what is in the log. */
const copied = (events: readonly StoredEvent[]): StoredEvent[] => structuredClone([...events]);
