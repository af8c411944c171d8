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
      await this.#nextNews(Math.min(left, lookEveryMs));
      if (this.#position < position) await this.#look();
    }
    return true;
  }

  close(): void {
    this.#unsubscribe();
    for (const wake of this.#waiting) wake();
  }

  async #look(): Promise<number> {
    const current = await currentGeneration(this.#db);
    this.#reached(current?.position ?? 0);
    return this.#position;
  }

  #reached(position: number): void {
    if (position <= this.#position) return;
    this.#position = position;
    for (const wake of this.#waiting) wake();
  }

  async #nextNews(timeoutMs: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        this.#waiting.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, timeoutMs);
      this.#waiting.add(wake);
    });
  }
}
