import { Counter, Registry } from 'prom-client';
import type { Log } from '../log.ts';
import { mergeMeasurements } from './merge-measurements.ts';
import { Place, type PlaceOptions, type PlaceReport } from './place.ts';

/** A node could not begin to serve; the message says why. */
class NodeFailedError extends Error {
  override readonly name = 'NodeFailedError';
}

type SupervisorOptions = Pick<PlaceOptions, 'task' | 'log'> & { readonly count: number };

/** Keeps as many nodes as were asked for, and carries between them what only all of them know together. */
export class Supervisor {
  /** Where visitors find the nodes, once all of them serve. @throws NodeFailedError */
  readonly served: Promise<string>;
  readonly #begun = Promise.withResolvers<string>();
  readonly #serving = new Set<number>();
  readonly #places: readonly Place[];
  readonly #log: Log;
  readonly #registry = new Registry();
  readonly #restarts = new Counter({
    name: 'node_restarts_total',
    help: 'How often another process took the place of a node',
    labelNames: ['node'],
    registers: [this.#registry],
  });

  constructor({ count, task, log }: SupervisorOptions) {
    this.#log = log;
    this.served = this.#begun.promise;
    this.#places = Array.from({ length: count }, (_, index) => {
      const node = index + 1;
      return new Place({
        node,
        task,
        log,
        onReport: (place, report) => this.#hear(node, place, report),
        onRestart: () => this.#restarts.inc({ node: String(node) }),
      });
    });
  }

  async stop(): Promise<void> {
    await Promise.all(this.#places.map((place) => place.stop()));
  }

  #hear(node: number, place: Place, report: PlaceReport): void {
    switch (report.report) {
      case 'serving':
        this.#serving.add(node);
        if (this.#serving.size === this.#places.length) this.#begun.resolve(report.address);
        break;
      case 'failed':
        if (this.#serving.size < this.#places.length) this.#begun.reject(new NodeFailedError(report.why));
        else this.#log.error({ node, why: report.why }, 'a node could not begin to serve');
        break;
      case 'asked':
        void this.#measureAll().then((measured) => place.tell({ order: 'show', question: report.question, measured }));
        break;
      case 'counted':
        for (const other of this.#places) {
          if (other !== place) other.tell({ order: 'count', counts: report.counts });
        }
        break;
    }
  }

  /** Without those of a node that is being replaced, or does not answer. */
  async #measureAll(): Promise<string> {
    const told = await Promise.all([this.#registry.metrics(), ...this.#places.map((place) => place.measure())]);
    return mergeMeasurements(told.filter((text) => text !== undefined));
  }
}
