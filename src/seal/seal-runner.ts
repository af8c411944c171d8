import type { Log } from '../log.ts';
import type { EventStore } from '../store/event-store.ts';
import { Waker } from '../store/waker.ts';
import { LeavesAhead } from './leaves-ahead.ts';
import { batchUsual, sealNext, type SealGround, type SealStep } from './seal-next.ts';
import { SealRefused } from './seal-refused.ts';
import { thinCheckpoints } from './thin-checkpoints.ts';

export type SealRunnerOptions = Omit<SealGround, 'store' | 'ahead'> & {
  readonly store: Pick<EventStore, 'read' | 'follow' | 'readAt' | 'onAppend'>;
  readonly log: Pick<Log, 'info' | 'warn' | 'error'>;
  /** How long to gather facts between two checkpoints. */
  readonly everySeconds?: number;
  /** How often to look for facts that nobody told of. */
  readonly pollSeconds?: number;
};

const usual = { everySeconds: 2, pollSeconds: 10 };
const lastStepsMsMax = 10_000;
const tidyEveryMs = 3_600_000;
/** As often as projections at a busy gate, which read the same facts. */
const aheadEveryMs = 100;

/**
 * Seals the log as it grows: every node runs one, and one at a time seals. Where what is there does not fit what
 * was signed, nothing more is signed until somebody has looked: the log and `isRefused` say so.
 */
export class SealRunner {
  readonly #options: SealRunnerOptions & typeof usual;
  readonly #appended = new Waker();
  readonly #stopped = new Waker();
  readonly #silence: () => void;
  readonly #ahead: LeavesAhead;
  readonly #done: Promise<void>;
  #refusal: string | undefined;
  #isStopping = false;
  /** By `performance.now()`. */
  #tidyAt = 0;

  constructor(options: SealRunnerOptions) {
    this.#options = { ...usual, ...options };
    this.#ahead = new LeavesAhead(options.store, { leavesMax: options.batchMax ?? batchUsual });
    this.#silence = options.store.onAppend(() => this.#appended.wake());
    this.#done = this.#run();
  }

  /** Whether this node has found what it must not sign. */
  get isRefused(): boolean {
    return this.#refusal !== undefined;
  }

  /** Seals what is left, if that takes no longer than ten seconds. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    this.#silence();
    this.#appended.wake();
    this.#stopped.wake();
    await this.#done;
    const until = performance.now() + lastStepsMsMax;
    while (performance.now() < until && hasMore(await this.#step()));
  }

  async #run(): Promise<void> {
    while (!this.#isStopping) {
      const step = await this.#step();
      if (hasMore(step)) continue;
      if (!this.#isStopping) await this.#tidy();
      await this.#gather(step);
      if (!this.#isStopping) await this.#appended.wait(this.#options.pollSeconds * 1000);
    }
  }

  /** Whoever has just sealed will most likely seal what comes next. */
  async #gather(step: SealStep): Promise<void> {
    this.#ahead.follow(step.outcome === 'sealed' ? step.position : undefined);
    const until = performance.now() + this.#options.everySeconds * 1000;
    for (let left = until - performance.now(); left > 0 && !this.#isStopping; left = until - performance.now()) {
      await this.#stopped.wait(this.#ahead.isFollowing ? Math.min(left, aheadEveryMs) : left);
      await this.#ahead.readOn();
    }
  }

  async #step(): Promise<SealStep> {
    try {
      const step = await sealNext({ ...this.#options, ahead: this.#ahead });
      if (step.putBack) this.#tellOf(step.putBack);
      if (step.outcome !== 'elsewhere') this.#settled();
      return step;
    } catch (error) {
      if (error instanceof SealRefused) this.#refuse(error.message);
      else this.#options.log.warn({ err: error }, 'sealing the log failed and will be tried again');
      return { outcome: 'nothing' };
    }
  }

  #tellOf(putBack: readonly number[]): void {
    const [from, to] = [putBack[0], putBack.at(-1)];
    const why = { checkpoints: putBack.length, from, to };
    this.#options.log.warn(why, 'the database had lost checkpoints, which were put back: run verify');
  }

  /** As often as an hour, while nothing is to be sealed. */
  async #tidy(): Promise<void> {
    if (performance.now() < this.#tidyAt) return;
    this.#tidyAt = performance.now() + tidyEveryMs;
    const { key, log, db, outside } = this.#options;
    await key.removeDrafts().catch((err: unknown) => log.warn({ err }, 'unfinished keys could not be removed'));
    await thinCheckpoints(db, outside).catch((err: unknown) =>
      log.warn({ err }, 'old checkpoints could not be removed'),
    );
  }

  #refuse(why: string): void {
    if (this.#refusal !== why)
      this.#options.log.error({ why }, 'the log is not sealed any more, since it contradicts what was signed');
    this.#refusal = why;
  }

  #settled(): void {
    if (this.#refusal !== undefined) this.#options.log.info('the log fits what was signed again, and is sealed');
    this.#refusal = undefined;
  }
}

const hasMore = (step: SealStep): boolean => step.outcome === 'sealed' && !step.isAll;
