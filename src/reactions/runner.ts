import { UnknownEventType } from '../../events/catalogue.ts';
import type { Log } from '../log.ts';
import { Waker } from '../store/waker.ts';
import { reactToNext, reactToParked, reportFailures, type Step } from './catch-up.ts';
import type { ReactionPorts } from './follow.ts';
import { type Progress, type ProgressKeeper, type Turn, TurnLost } from './progress.ts';

export type RunnerPorts = ReactionPorts & {
  readonly progress: ProgressKeeper;
  readonly log: Pick<Log, 'warn' | 'error'>;
  /** Told how far this node has come, while it is its turn. */
  readonly onProgress?: (progress: Progress) => void;
};

export type RunnerPace = {
  /** Facts read at once; one may be a catalogue's chunk of 128 KB. */
  readonly batchMax: number;
  /** How often to say that we live, well below what makes a holder stale, and to look whether somebody else does. */
  readonly heartbeatSeconds: number;
  /** How long a failed reaction waits before it is tried again. */
  readonly retrySeconds: number;
  /** How long to gather what is appended, so that a busy gate costs a read now and then, not one a scan. */
  readonly gatherSeconds: number;
};

const usualPace: RunnerPace = { batchMax: 250, heartbeatSeconds: 2, retrySeconds: 5, gatherSeconds: 0.1 };

/** With so many parked something is broken for all of them: nothing new is read until some succeed. */
const parkedMax = 1000;

/**
 * Reacts to the log for as long as the process lives, on one node of all at a time. Should two overlap all the same,
 * or one die in the middle, nothing happens twice: it is the commands' ids that make sure, not the turn.
 */
export function startReactions(ports: RunnerPorts, pace: Partial<RunnerPace> = {}): { stop(): Promise<void> } {
  const runner = new Runner(ports, { ...usualPace, ...pace });
  const running = runner.run();
  return {
    async stop() {
      runner.stop();
      await running;
    },
  };
}

class Runner {
  readonly #ports: RunnerPorts;
  readonly #pace: RunnerPace;
  readonly #appended = new Waker();
  readonly #stopped = new Waker();
  #isStopping = false;

  constructor(ports: RunnerPorts, pace: RunnerPace) {
    this.#ports = ports;
    this.#pace = pace;
  }

  async run(): Promise<void> {
    const silence = this.#ports.store.onAppend(() => this.#appended.wake());
    while (!this.#isStopping) {
      try {
        const turn = await this.#ports.progress.take();
        if (turn) await this.#hold(turn);
      } catch (error) {
        this.#report(error);
      }
      if (!this.#isStopping) await this.#stopped.wait(this.#pace.heartbeatSeconds * 1000);
    }
    silence();
  }

  stop(): void {
    this.#isStopping = true;
    this.#appended.wake();
    this.#stopped.wake();
  }

  async #hold(turn: Turn): Promise<void> {
    try {
      await this.#react(turn);
    } finally {
      await turn.release();
    }
  }

  /** Progress is saved with the heartbeat, and at once after something failed: what is done again meanwhile harms nobody. */
  async #react(turn: Turn): Promise<void> {
    let { progress } = turn;
    let saved = { progress, at: performance.now() };
    let retriedAt = performance.now();
    while (!this.#isStopping) {
      const step = await this.#next(progress);
      progress = this.#told(step);
      if (progress.parked.length > 0 && isDue(retriedAt, this.#pace.retrySeconds)) {
        progress = this.#told(await reactToParked(this.#ports, progress));
        retriedAt = performance.now();
      }
      if (progress.parked.length !== saved.progress.parked.length || isDue(saved.at, this.#pace.heartbeatSeconds)) {
        await turn.save(progress);
        saved = { progress, at: performance.now() };
      }
      if (step.read < this.#pace.batchMax) await this.#moreToRead();
    }
    await turn.save(progress);
  }

  #next(progress: Progress): Promise<Step> {
    const isStuck = progress.parked.length >= parkedMax;
    return isStuck
      ? Promise.resolve({ progress, read: 0, failures: [] })
      : reactToNext(this.#ports, progress, this.#pace.batchMax);
  }

  async #moreToRead(): Promise<void> {
    await this.#appended.wait(1000 * Math.min(this.#pace.heartbeatSeconds, this.#pace.retrySeconds));
    if (!this.#isStopping) await this.#stopped.wait(this.#pace.gatherSeconds * 1000);
  }

  #told(step: Step): Progress {
    const { progress } = reportFailures(this.#ports.log, step);
    this.#ports.onProgress?.(progress);
    return progress;
  }

  #report(error: unknown): void {
    if (error instanceof TurnLost) return;
    const known = error instanceof UnknownEventType;
    this.#ports.log.warn({ err: error }, known ? 'a newer node has to react' : 'reactions wait for the log');
  }
}

const isDue = (sinceMs: number, seconds: number): boolean => performance.now() - sinceMs >= seconds * 1000;
