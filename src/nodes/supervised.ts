import type { CountTogether } from '../auth/count-together.ts';
import { countsOf } from './counts.ts';
import { type Order, Order as OrderSchema, type Report } from './messages.ts';
import { Questions } from './questions.ts';

/** What a node is to serve. */
export type Task = Extract<Order, { order: 'serve' }>;

const answerMsMax = 4000;

/** The supervisor, as a node's process sees it: over the channel that came with the process, and ends with it. */
export class Supervised {
  /** What to serve, once the database is there. */
  readonly task: Promise<Task>;
  /** Resolved when this node is to end. */
  readonly stopped: Promise<'stop'>;
  /** What this node has measured. */
  measure: () => Promise<string> = async () => '';
  /** With whom this node counts. */
  readonly together: CountTogether;
  readonly #counts = countsOf((counts) => void this.tell({ report: 'counted', counts }));
  readonly #task = Promise.withResolvers<Task>();
  readonly #stop = Promise.withResolvers<'stop'>();
  readonly #questions = new Questions<string>();

  constructor() {
    this.task = this.#task.promise;
    this.stopped = this.#stop.promise;
    this.together = this.#counts.together;
    process.on('message', (message) => void this.#obey(OrderSchema.parse(message)));
  }

  stop(): void {
    this.#stop.resolve('stop');
  }

  tell(report: Report): Promise<void> {
    return new Promise((resolve) => {
      if (process.send === undefined) resolve();
      else process.send(report, undefined, {}, () => resolve());
    });
  }

  /** What all nodes have measured; undefined where the supervisor does not answer in time. */
  measureAll(): Promise<string | undefined> {
    return this.#questions.ask((question) => void this.tell({ report: 'asked', question }), answerMsMax);
  }

  async #obey(order: Order): Promise<void> {
    switch (order.order) {
      case 'serve':
        return this.#task.resolve(order);
      case 'stop':
        return this.stop();
      case 'measure':
        return this.tell({ report: 'measured', question: order.question, measured: await this.measure() });
      case 'show':
        return this.#questions.answer(order.question, order.measured);
      case 'count':
        return this.#counts.hear(order.counts);
    }
  }
}
