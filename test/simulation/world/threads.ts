import type { Pool } from 'pg';
import type { Elsewhere } from './interleaving.ts';

/** What requests wait for outside of this thread: the database with the tokens, and signatures. */
export class Threads implements Elsewhere {
  readonly #pool: Pool;
  #signing = 0;
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
    return this.#signing > 0 || this.#pool.totalCount > this.#pool.idleCount || this.#pool.waitingCount > 0;
  }

  async done(): Promise<void> {
    if (this.isBusy()) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  /** Does something on another thread. */
  async during<Done>(work: () => Promise<Done>): Promise<Done> {
    this.#signing += 1;
    try {
      return await work();
    } finally {
      this.#signing -= 1;
      this.#tell();
    }
  }

  readonly #tell = (): void => {
    for (const resolve of this.#waiting.splice(0)) resolve();
  };
}
