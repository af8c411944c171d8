import type { StoredEvent } from '../../../events/envelope.ts';
import type { AppendItem, AppendResult } from '../../../src/store/event-store.ts';

/** The rules of the port, as plainly as they can be said. What only a store can give, place and time, it takes from it. */
export class ModelLog {
  readonly events: StoredEvent[];
  /** The position after which it begins. */
  readonly start: number;

  constructor(start: number, events: readonly StoredEvent[] = []) {
    this.start = start;
    this.events = [...events];
  }

  get head(): number {
    return this.events.at(-1)?.position ?? this.start;
  }

  version(stream: string): number {
    return this.events.filter((event) => event.stream === stream).length;
  }

  /** The items of one call, each expecting what `expecting` says when those before it have been judged. */
  plan<Given>(
    given: readonly Given[],
    itemOf: (given: Given, current: (stream: string) => number) => AppendItem,
  ): AppendItem[] {
    const planned = new ModelLog(this.start, this.events);
    return given.map((each) => {
      const item = itemOf(each, (stream) => planned.version(stream));
      if (planned.#refusal(item) === undefined) planned.#add(item, { position: 0, recordedAt: 0 });
      return item;
    });
  }

  /**
   * Takes in what fits.
   * @returns what the store should have said
   */
  judge(items: readonly AppendItem[], results: readonly AppendResult[]): AppendResult[] {
    return items.map((item, at) => {
      const refusal = this.#refusal(item);
      if (refusal) return refusal;
      const result = results[at];
      const { position, recordedAt } = result?.outcome === 'appended' ? result : { position: 0, recordedAt: 0 };
      this.#add(item, { position, recordedAt });
      return { outcome: 'appended', position, version: item.expectedVersion + 1, recordedAt };
    });
  }

  #refusal({ stream, expectedVersion, event, condition }: AppendItem): AppendResult | undefined {
    const original = this.events.find(({ id }) => id === event.id);
    if (original) {
      const { version, position, recordedAt, meta } = original;
      return { outcome: 'duplicate', stream: original.stream, version, position, recordedAt, digest: meta.digest };
    }
    const currentVersion = this.version(stream);
    const holds = !condition || this.version(condition.stream) === condition.version;
    return expectedVersion === currentVersion && holds ? undefined : { outcome: 'conflict', currentVersion };
  }

  #add(
    { stream, expectedVersion, event }: AppendItem,
    { position, recordedAt }: Pick<StoredEvent, 'position' | 'recordedAt'>,
  ): void {
    this.events.push({ ...event, stream, version: expectedVersion + 1, position, recordedAt });
  }
}
