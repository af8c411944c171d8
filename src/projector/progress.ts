import { currentGeneration } from '../../projections/generations/queries.ts';
import type { FiguresChanges } from './changes.ts';
import type { ProjectorDatabase } from './database.ts';

/** How long a wait relies on being told before it looks for itself. */
const lookEveryMs = 250;

/** How far the figures are, for those who have just written and want to read it. */
export class ProjectionProgress {
  readonly #db: ProjectorDatabase;
  readonly #waiting = new Set<() => void>();
  readonly #unsubscribe: () => void;
  /** The figures are at least this far. */
  #position = 0;
  #looking: Promise<number> | undefined;

  constructor(db: ProjectorDatabase, changes: Pick<FiguresChanges, 'subscribe'>) {
    this.#db = db;
    this.#unsubscribe = changes.subscribe(({ position }) => this.#reached(position));
  }

  /**
   * Waits until all facts up to a log position are in the figures.
   * @returns false when `timeoutMs` passed first
   */
  async waitFor(position: number, timeoutMs: number): Promise<boolean> {
    const until = performance.now() + timeoutMs;
    while (this.#position < position) {
      const left = until - performance.now();
      if (left <= 0) return (await this.#look()) >= position;
      const isTold = await this.#nextNews(Math.min(left, lookEveryMs));
      if (!isTold && this.#position < position) await this.#look();
    }
    return true;
  }

  close(): void {
    this.#unsubscribe();
    for (const wake of this.#waiting) wake();
  }

  /** All who want to look meanwhile look together. */
  #look(): Promise<number> {
    this.#looking ??= currentGeneration(this.#db)
      .then((current) => {
        this.#reached(current?.position ?? 0);
        return this.#position;
      })
      .finally(() => {
        this.#looking = undefined;
      });
    return this.#looking;
  }

  #reached(position: number): void {
    if (position <= this.#position) return;
    this.#position = position;
    for (const wake of this.#waiting) wake();
  }

  /** @returns whether somebody told of a change before the time had passed */
  #nextNews(timeoutMs: number): Promise<boolean> {
    return new Promise((resolve) => {
      const end = (isTold: boolean) => {
        clearTimeout(timer);
        this.#waiting.delete(wake);
        resolve(isTold);
      };
      const wake = () => end(true);
      const timer = setTimeout(() => end(false), timeoutMs);
      this.#waiting.add(wake);
    });
  }
}
