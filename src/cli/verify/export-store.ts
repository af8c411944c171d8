import type { FileHandle } from 'node:fs/promises';
import type { StoredEvent } from '../../../events/envelope.ts';
import type { EventStore, LoadRequest } from '../../store/event-store.ts';
import { Envelope, ExportLine } from '../export/export-format.ts';

/** Where the line of a fair's own fact is in the file. */
type Place = { readonly position: number; readonly stream: string; readonly at: number; readonly bytes: number };

/** The fair's own facts of an export as a log to be read, from the file itself: it may be larger than memory. */
export class ExportStore implements Pick<EventStore, 'read' | 'readAt' | 'load' | 'head'> {
  readonly #file: FileHandle;
  readonly #places: Place[] = [];
  readonly #streams = new Map<string, Place[]>();

  constructor(file: FileHandle) {
    this.#file = file;
  }

  /** Facts in log order. */
  add(place: Place): void {
    this.#places.push(place);
    const stream = this.#streams.get(place.stream) ?? [];
    stream.push(place);
    this.#streams.set(place.stream, stream);
  }

  async read(after: number, limit: number): Promise<StoredEvent[]> {
    const first = this.#firstAfter(after);
    return Promise.all(this.#places.slice(first, first + limit).map((place) => this.#eventAt(place)));
  }

  async readAt(positions: readonly number[]): Promise<StoredEvent[]> {
    const wanted = [...new Set(positions)].toSorted((a, b) => a - b);
    const found = wanted.map((position) => this.#places[this.#firstAfter(position - 1)]);
    const places = found.filter((place, at) => place?.position === wanted[at]).filter((place) => place !== undefined);
    return Promise.all(places.map((place) => this.#eventAt(place)));
  }

  load(requests: readonly LoadRequest[]): Promise<StoredEvent[][]> {
    return Promise.all(
      requests.map(async ({ stream, afterVersion }) => {
        const events = await Promise.all((this.#streams.get(stream) ?? []).map((place) => this.#eventAt(place)));
        return events.filter(({ version }) => version > afterVersion);
      }),
    );
  }

  async head(): Promise<number> {
    return this.#places.at(-1)?.position ?? 0;
  }

  /** The last position of an own fact up to this one. */
  lastUpTo(position: number): number {
    return this.#places[this.#firstAfter(position) - 1]?.position ?? 0;
  }

  #firstAfter(position: number): number {
    let [from, to] = [0, this.#places.length];
    while (from < to) {
      const middle = (from + to) >>> 1;
      if ((this.#places[middle]?.position ?? Infinity) > position) to = middle;
      else from = middle + 1;
    }
    return from;
  }

  async #eventAt({ at, bytes }: Place): Promise<StoredEvent> {
    const buffer = Buffer.alloc(bytes);
    await this.#file.read(buffer, 0, bytes, at);
    const { data, ...envelope } = Envelope.parse(ExportLine.parse(JSON.parse(buffer.toString('utf8'))).event);
    return { ...envelope, data };
  }
}
