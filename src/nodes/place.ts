import cluster, { type Worker } from 'node:cluster';
import type { Log } from '../log.ts';
import { type Order, Report } from './messages.ts';
import { Questions } from './questions.ts';

type Task = Pick<Extract<Order, { order: 'serve' }>, 'databaseUrl' | 'port'>;

/** Reports that a place does not deal with itself. */
export type PlaceReport = Exclude<Report, { report: 'waiting' | 'measured' }>;

export type PlaceOptions = {
  /** From 1 on. */
  readonly node: number;
  /** Given to each process of this place that waits for it. */
  readonly task: Promise<Task>;
  readonly log: Log;
  readonly onReport: (place: Place, report: PlaceReport) => void;
  readonly onRestart: () => void;
};

/** A node that lived for less died of something that a new one may meet again at once. */
const settledMs = 10_000;
const pauseMs = { first: 500, max: 30_000 };
const measureMsMax = 2000;
/** Requests in flight have ten seconds (node.ts); who is not gone then never will be. */
const stopMsMax = 15_000;

/** A numbered place among the nodes, and the process that serves in it: when it ends, another one begins. */
export class Place {
  readonly #options: PlaceOptions;
  readonly #measuring = new Questions<string>();
  #worker: Worker | undefined;
  #ended: Promise<void> = Promise.resolve();
  #restart: NodeJS.Timeout | undefined;
  #isServing = false;
  #pauseMs = 0;
  #isStopping = false;

  constructor(options: PlaceOptions) {
    this.#options = options;
    this.#begin();
  }

  /** What its node has measured; undefined where none can say at the moment. */
  async measure(): Promise<string | undefined> {
    if (!this.#isServing) return undefined;
    return this.#measuring.ask((question) => this.tell({ order: 'measure', question }), measureMsMax);
  }

  /** A node that is ending hears nothing any more; what it was told is of no use to it then. */
  tell(order: Order): void {
    if (this.#worker?.isConnected() === true) this.#worker.send(order, () => {});
  }

  /** Lets it finish its requests, and ends it in any case. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    clearTimeout(this.#restart);
    this.tell({ order: 'stop' });
    const patience = setTimeout(() => this.#worker?.process.kill('SIGKILL'), stopMsMax);
    await this.#ended;
    clearTimeout(patience);
  }

  #begin(): void {
    const worker = cluster.fork();
    const startedAt = performance.now();
    this.#worker = worker;
    worker.on('message', (message: unknown) => {
      const report = Report.safeParse(message);
      if (report.success) this.#hear(report.data);
      else this.#options.log.error({ node: this.#options.node }, 'a node of another version was not understood');
    });
    this.#ended = new Promise((resolve) => {
      let isOver = false;
      const end = (code: number, signal: string) => {
        if (isOver) return;
        isOver = true;
        resolve();
        this.#isServing = false;
        this.#measuring.giveUp();
        if (!this.#isStopping) this.#beginAgain({ code, signal, livedMs: performance.now() - startedAt });
      };
      worker.once('exit', end);
      // A process that could not be made never exits; else it is a message that does not arrive, and the end follows.
      worker.on('error', () => {
        if (worker.process.pid === undefined) end(-1, '');
      });
    });
  }

  #beginAgain({ code, signal, livedMs }: { code: number; signal: string; livedMs: number }): void {
    const { node, log, onRestart } = this.#options;
    this.#pauseMs = livedMs > settledMs ? 0 : Math.min(Math.max(pauseMs.first, 2 * this.#pauseMs), pauseMs.max);
    const about = { node, pid: this.#worker?.process.pid, ...(signal ? { signal } : { code }), pauseMs: this.#pauseMs };
    log.warn(about, 'a node ended; another one takes its place');
    this.#restart = setTimeout(() => {
      onRestart();
      this.#begin();
    }, this.#pauseMs);
  }

  #hear(report: Report): void {
    if (report.report === 'serving') this.#isServing = true;
    if (report.report === 'waiting') void this.#giveTask();
    else if (report.report === 'measured') this.#measuring.answer(report.question, report.measured);
    else this.#options.onReport(this, report);
  }

  async #giveTask(): Promise<void> {
    const { node, task } = this.#options;
    const worker = this.#worker;
    const given = await task;
    if (worker === this.#worker && !this.#isStopping) this.tell({ order: 'serve', node, ...given });
  }
}
