import type { Pool } from 'pg';
import type { Elsewhere } from './interleaving.ts';

/** What requests wait for outside of this thread: the database with the tokens. */
export class Threads implements Elsewhere {
  readonly #pool: Pool;
  #waiting: (() => void)[] = [];

  constructor(pool: Pool) {
    this.#pool = pool;
    pool.on('release', this.#tell);
  }

  /** Stops listening. */
  close(): void {
    this.#pool.off('release', this.#tell);
  }

  isBusy(): boolean {
    return this.#pool.totalCount > this.#pool.idleCount || this.#pool.waitingCount > 0;
  }

  async done(): Promise<void> {
    if (this.isBusy()) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  readonly #tell = (): void => {
    for (const resolve of this.#waiting.splice(0)) resolve();
  };
}
