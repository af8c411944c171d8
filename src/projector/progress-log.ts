import type { Log } from '../log.ts';
import type { EventStore } from '../store/event-store.ts';
import { Pace } from './pace.ts';

type Options = {
  readonly log: Pick<Log, 'info'>;
  readonly store: Pick<EventStore, 'head'>;
  readonly everySeconds: number;
  /** Where it begins. */
  readonly position: number;
};

/** Says in the log, now and then, how far a long way has been gone. */
export class ProgressLog {
  readonly #options: Options;
  readonly #pace: Pace;
  #toldAtMs = performance.now();

  constructor(options: Options) {
    this.#options = options;
    this.#pace = new Pace({ position: options.position, atMs: this.#toldAtMs });
  }

  async reached(position: number): Promise<void> {
    const atMs = performance.now();
    const { log, store, everySeconds } = this.#options;
    if (atMs - this.#toldAtMs < everySeconds * 1000) return;
    this.#toldAtMs = atMs;
    const { remainingSeconds, ...progress } = this.#pace.at({ position, atMs }, await store.head());
    const left = remainingSeconds === undefined ? {} : { remainingSeconds: Math.ceil(remainingSeconds) };
    log.info({ ...progress, ...left }, 'the figures are being counted');
  }
}
