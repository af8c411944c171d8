import type { UnknownEventType } from '../../events/catalogue.ts';
import type { StoredEvent } from '../../events/envelope.ts';
import type { Projection } from '../../projections/projection.ts';
import type { Log } from '../log.ts';
import type { EventStore } from '../store/event-store.ts';
import type { ProjectorDatabase } from './database.ts';
import { dropOld, ensureGeneration } from './generation.ts';
import { beat, type Lease, LeaseLost, releaseLease, silentSeconds, takeLease } from './lease.ts';
import { Waker } from '../store/waker.ts';
import { applyBatch, newerEventMet, reportParked } from './apply-batch.ts';
import { ProgressLog } from './progress-log.ts';
import { nextStage, type Stage } from './publish.ts';
import { type Applied, Replay } from './replay.ts';

/** What one batch was, for metrics. `lagMs` is how long its oldest event waited, by this node's clock. */
export type BatchReport = Pick<Applied, 'position' | 'events'> & {
  readonly durationMs: number;
  readonly lagMs: number;
  readonly parked: number;
};

export type RunnerOptions = {
  readonly db: ProjectorDatabase;
  readonly store: EventStore;
  readonly projections: readonly Projection[];
  /** Names this node in the lease; another one for each runner. */
  readonly holder: string;
  readonly log: Log;
  readonly batchMax?: number;
  /** A holder that is silent for longer has lost the lease to whoever asks. */
  readonly staleSeconds?: number;
  readonly heartbeatSeconds?: number;
  /** How often to look for events, and for a lease, that nobody told of. */
  readonly pollSeconds?: number;
  /** How long an open batch may be silent before the database ends it; doubled at each further try of the same one. */
  readonly silentSeconds?: number;
  /** How long to rest between batches, at most, so that what is appended meanwhile goes together. */
  readonly restMsMax?: number;
  /** How often to log how far figures are that nobody sees yet. */
  readonly progressSeconds?: number;
  readonly onBatch?: (report: BatchReport) => void;
  /** Milliseconds since 1970, as the store's. */
  readonly clock?: () => number;
};

type Held = {
  readonly lease: Lease;
  readonly replay: Replay;
  readonly progress: ProgressLog;
  position: number;
  stage: Stage;
};

const defaults = {
  batchMax: 5000,
  staleSeconds: 4,
  heartbeatSeconds: 1,
  pollSeconds: 1,
  restMsMax: 100,
  silentSeconds,
  progressSeconds: 10,
  clock: Date.now,
};
/** A batch of one event costs nearly as much as one of fifty: it is followed by a rest this many times as long. */
const restsTimes = 9;
/** How old what is shown may be while facts come as fast as they are counted. */
const lagMsGoal = 90;
const dropEverySeconds = 60;
const silentSecondsLast = 600;
const retryMs = { first: 50, max: 5000 };

/**
 * Moves the figures on as the log grows. Any number of nodes run one; whoever holds the lease works, and another one
 * takes over within seconds when it falls silent. Every event takes effect once, whoever applies it.
 */
export class ProjectionRunner {
  readonly #options: RunnerOptions & typeof defaults;
  readonly #waker = new Waker();
  readonly #stopped = new Waker();
  readonly #stopListening: () => void;
  #held: Held | undefined;
  #isHolding = false;
  /** Where this node got stuck, and how many times. */
  #failed: { readonly position: number; readonly tries: number } | undefined;
  #state: 'running' | 'stopping' = 'running';
  #newer: UnknownEventType | undefined;
  #droppedAt = 0;
  readonly #done: Promise<void>;

  constructor(options: RunnerOptions) {
    this.#options = { ...defaults, ...options };
    this.#stopListening = options.store.onAppend(() => this.#waker.wake());
    this.#done = this.#run();
  }

  /** Whether this node moves the figures on. */
  get holdsLease(): boolean {
    return this.#held !== undefined;
  }

  /** Set once a newer program has written what this one does not know: its figures stand still until it is replaced. */
  get stoppedBy(): UnknownEventType | undefined {
    return this.#newer;
  }

  /** Finishes the batch it is at, and lets another node go on at once. */
  async stop(): Promise<void> {
    this.#state = 'stopping';
    this.#stopListening();
    this.#waker.wake();
    this.#stopped.wake();
    await this.#done;
  }

  async #run(): Promise<void> {
    const heartbeat = setInterval(() => void this.#beat(), this.#options.heartbeatSeconds * 1000);
    let failures = 0;
    while (this.#state === 'running') {
      try {
        const startedAt = performance.now();
        const events = await this.#work();
        failures = 0;
        // What is appended is nothing to a node that has no lease; it asks for one now and then.
        if (events === 0) await (this.#held ? this.#waker : this.#stopped).wait(this.#options.pollSeconds * 1000);
        else if (events < this.#options.batchMax) await this.#stopped.wait(this.#restMsAfter(startedAt));
      } catch (error) {
        this.#held = undefined;
        if (error instanceof LeaseLost) continue;
        failures += 1;
        this.#options.log.warn({ err: error }, 'the projector failed and will try again');
        await this.#waker.wait(Math.min(retryMs.first * 2 ** failures, retryMs.max));
      }
    }
    clearInterval(heartbeat);
    await this.#release();
  }

  #restMsAfter(batchStartedAt: number): number {
    const batchMs = performance.now() - batchStartedAt;
    // What comes just after a batch was read waits for the rest of it, for the rest, and for its own batch.
    return Math.max(0, Math.min(restsTimes * batchMs, this.#options.restMsMax, lagMsGoal - 2 * batchMs));
  }

  /** @returns how much there was to do */
  async #work(): Promise<number> {
    this.#held ??= await this.#takeOver();
    const held = this.#held;
    if (!held) return 0;
    await this.#dropNowAndThen();
    const events = await this.#options.store.follow(held.position, this.#options.batchMax);
    const [first] = events;
    if (!first) return this.#isAtTheEnd(held);
    const startedAt = performance.now();
    const applied = await this.#apply(held, events);
    held.position = applied.position;
    this.#report(applied, { startedAt, oldest: first.recordedAt });
    if (applied.unknown) this.#stopFor(applied.unknown);
    else if (events.length < this.#options.batchMax) await this.#isAtTheEnd(held);
    if (held.stage !== 'current') await held.progress.reached(held.position);
    return events.length;
  }

  async #apply({ replay, position }: Held, events: readonly StoredEvent[]): Promise<Applied> {
    const tries = this.#failed?.position === position ? this.#failed.tries : 0;
    const silentSecondsMax = Math.min(this.#options.silentSeconds * 2 ** tries, silentSecondsLast);
    this.#failed = { position, tries: tries + 1 };
    const batch = { from: position, events, silentSecondsMax };
    const applied = await this.#holding(() => applyBatch(this.#options.db, replay, batch));
    this.#failed = undefined;
    return applied;
  }

  /** Figures that nobody has seen yet are shown once they are whole. While facts come all the time, a short read is the end. */
  async #isAtTheEnd(held: Held): Promise<number> {
    if (held.stage === 'current') return 0;
    const { db, projections, log } = this.#options;
    held.stage = await this.#holding(() => nextStage(db, { ...held, projections }));
    if (held.stage === 'current') log.info({ generation: held.lease.generation }, 'the figures are counted');
    return 1;
  }

  /** A transaction that holds the lease by itself; a beat would wait for its end. */
  async #holding<Outcome>(transaction: () => Promise<Outcome>): Promise<Outcome> {
    this.#isHolding = true;
    try {
      return await transaction();
    } finally {
      this.#isHolding = false;
    }
  }

  async #takeOver(): Promise<Held | undefined> {
    const { db, store, projections, holder, staleSeconds, log, progressSeconds } = this.#options;
    const { generation, isCurrent } = await ensureGeneration(db, { store, projections });
    const taken = await takeLease(db, { generation, holder, staleSeconds });
    if (!taken) return undefined;
    log.info({ generation, position: taken.position, epoch: taken.lease.epoch }, 'this node moves the figures on');
    const replay = await Replay.open(db, { ...taken, store, projections });
    const progress = new ProgressLog({ log, store, everySeconds: progressSeconds, position: taken.position });
    return { ...taken, replay, progress, stage: isCurrent ? 'current' : 'building' };
  }

  #report(applied: Applied, { startedAt, oldest }: { startedAt: number; oldest: number }): void {
    const { position, events, parked } = applied;
    reportParked(this.#options.log, parked);
    const lagMs = Math.max(0, this.#options.clock() - oldest);
    this.#options.onBatch?.({
      position,
      events,
      parked: parked.length,
      durationMs: performance.now() - startedAt,
      lagMs,
    });
  }

  #stopFor(newer: UnknownEventType): void {
    this.#newer = newer;
    this.#state = 'stopping';
    this.#options.log.error({ err: newer }, newerEventMet);
  }

  async #beat(): Promise<void> {
    const held = this.#held;
    if (!held || this.#isHolding) return;
    try {
      await beat(this.#options.db, held.lease);
    } catch (error) {
      // Without the lease the next batch fails as a whole, so what is read from here on is only wasted work.
      if (error instanceof LeaseLost && this.#held === held) this.#held = undefined;
    }
  }

  async #dropNowAndThen(): Promise<void> {
    if (performance.now() - this.#droppedAt < dropEverySeconds * 1000) return;
    this.#droppedAt = performance.now();
    const dropped = await dropOld(this.#options.db, { graceSeconds: dropEverySeconds });
    if (dropped.length > 0) this.#options.log.info({ generations: dropped }, 'old figures dropped');
  }

  async #release(): Promise<void> {
    const held = this.#held;
    this.#held = undefined;
    if (!held) return;
    await releaseLease(this.#options.db, held.lease).catch((error: unknown) => {
      this.#options.log.warn(
        { err: error },
        'the lease could not be given back; another node takes it over in seconds',
      );
    });
  }
}
