import type { Transaction } from 'kysely';
import type { StoredEvent } from '../../events/envelope.ts';
import type { GenerationTables } from '../../projections/generations/tables.ts';
import type { EventStore } from '../store/event-store.ts';
import { applyBatch } from './apply-batch.ts';
import type { ProjectorDatabase } from './database.ts';
import { Pace, type Progress } from './pace.ts';
import { ReadAhead } from './read-ahead.ts';
import type { Applied, Replay } from './replay.ts';

export type BuilderOptions = {
  readonly db: ProjectorDatabase;
  readonly store: Pick<EventStore, 'read' | 'head'>;
  /** Events folded in one transaction, so that what many of them change is written once. */
  readonly batchMax?: number;
  readonly onProgress?: (progress: Progress) => void;
};

/** Nobody waits for a generation that is being built. */
const silentSecondsMax = 600;

/** Moves a generation on that is being built, as far as it is told. */
export class Builder {
  readonly replay: Replay;
  readonly #options: BuilderOptions;
  readonly #ahead: ReadAhead;
  readonly #pace: Pace;
  #touched = new Set<string>();
  position: number;

  /** @param position where the replay stands */
  constructor(options: BuilderOptions, replay: Replay, position = 0) {
    this.#options = options;
    this.#pace = new Pace({ position, atMs: performance.now() });
    this.position = position;
    this.#ahead = new ReadAhead(options.store, options);
    this.replay = replay;
  }

  /**
   * Up to the end of the log as it is now. Facts may come all the time: a short read is the end.
   * @param patience.silentSecondsMax how long a batch may be silent; everybody waits for figures that are shown
   */
  async catchUp(patience = { silentSecondsMax }): Promise<void> {
    const { db } = this.#options;
    for (;;) {
      const { events, isLast } = await this.#ahead.next(this.position);
      if (events.length === 0) return;
      this.#note(await applyBatch(db, this.replay, { from: this.position, events, ...patience }));
      await this.#tell();
      if (isLast) return;
    }
  }

  /** Up to this position, and no event further. */
  async moveTo(target: number): Promise<void> {
    while (this.position < target) {
      const events = await this.#readUpTo(target);
      this.#note(await applyBatch(this.#options.db, this.replay, { from: this.position, events, silentSecondsMax }));
      await this.#tell();
    }
  }

  /** The same in a transaction, for the last few events. */
  async moveIn(transaction: Transaction<GenerationTables>, target: number): Promise<void> {
    while (this.position < target) {
      const events = await this.#readUpTo(target);
      this.#note(await this.replay.apply(transaction, this.position, events));
    }
  }

  /** The fairs with facts since this was asked last. */
  takeTouched(): string[] {
    const touched = [...this.#touched];
    this.#touched = new Set();
    return touched;
  }

  async #readUpTo(target: number): Promise<StoredEvent[]> {
    const { events } = await this.#ahead.next(this.position);
    const upTo = events.filter(({ position }) => position <= target);
    if (upTo.length === 0) throw new Error(`the log ends at ${this.position}, before the figures at ${target}`);
    return upTo;
  }

  #note(applied: Applied): void {
    if (applied.unknown) throw applied.unknown;
    this.position = applied.position;
    for (const fair of applied.fairs) this.#touched.add(fair);
  }

  async #tell(): Promise<void> {
    const { store, onProgress } = this.#options;
    if (!onProgress) return;
    const head = await store.head();
    onProgress(this.#pace.at({ position: this.position, atMs: performance.now() }, head));
  }
}
