import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Metrics } from './http/ports.ts';
import type { Lag } from './projector/lag.ts';
import type { BatchReport } from './projector/runner.ts';
import type { Progress } from './reactions/progress.ts';

/** What a node tells Prometheus. Labels are the node's number, route patterns and roles, never ids. */
export type NodeMetrics = Metrics & {
  /** Asked at each look: what this node does for the figures, and how far those are behind the log. */
  projecting(projector: ProjectorNow): void;
  /** A batch that this node's projector has applied. */
  batch(report: BatchReport): void;
  /** How far the reactions of this node have come, while it is its turn. */
  reacted(progress: Progress): void;
};

export type ProjectorNow = {
  readonly holdsLease: () => boolean;
  /** Whether an event of a newer version has stopped it. */
  readonly isStopped: () => boolean;
  /** Fails where the database is away. */
  readonly lag: () => Promise<Lag>;
};

/** @param options.node its number among the nodes behind one port, from 1 on */
export function nodeMetrics({ node = 1 }: { readonly node?: number } = {}): NodeMetrics {
  const registry = new Registry();
  registry.setDefaultLabels({ node: String(node) });
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  tellWho(node, registers);
  const requests = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from the request to the first byte of its answer',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers,
  });
  const streams = new Gauge({ name: 'live_streams', help: 'Live streams that are open now', registers });
  const projected = new Counter({ name: 'projected_events_total', help: 'Events this node has projected', registers });
  const parked = new Counter({ name: 'parked_events_total', help: 'Events no projection could take', registers });
  const position = new Gauge({ name: 'projection_position', help: 'Log position the figures have reached', registers });
  const lag = new Histogram({
    name: 'projection_lag_seconds',
    help: 'How long the oldest event of a batch waited for the figures',
    buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 30],
    registers,
  });
  const reacted = new Gauge({ name: 'reaction_position', help: 'Log position up to which was reacted', registers });
  const waiting = new Gauge({ name: 'parked_reactions', help: 'Reactions that failed and are tried again', registers });
  return {
    contentType: registry.contentType,
    text: () => registry.metrics(),
    request: ({ method, route, status, seconds }) => requests.observe({ method, route, status }, seconds),
    streamOpened: () => streams.inc(),
    streamClosed: () => streams.dec(),
    projecting(projector) {
      registry.registerMetric(whetherProjecting(node, projector));
      for (const gauge of behindGauges(projector)) registry.registerMetric(gauge);
    },
    batch(report) {
      projected.inc(report.events);
      parked.inc(report.parked);
      position.set(report.position);
      lag.observe(report.lagMs / 1000);
    },
    reacted(progress) {
      reacted.set(progress.position);
      waiting.set(progress.parked.length);
    },
  };
}

function tellWho(node: number, registers: Registry[]): void {
  const info = new Gauge({
    name: 'node_info',
    help: 'The process of each node',
    labelNames: ['node', 'pid'],
    registers,
  });
  info.set({ node: String(node), pid: String(process.pid) }, 1);
}

const whetherProjecting = (node: number, { holdsLease }: ProjectorNow) =>
  new Gauge({
    name: 'node_projects',
    help: 'Whether this node moves the figures on: 1 for one node of all, 0 for the others',
    labelNames: ['node'],
    registers: [],
    collect() {
      this.set({ node: String(node) }, holdsLease() ? 1 : 0);
    },
  });

/** While the database is away they say what was true last. */
function behindGauges({ lag, isStopped }: ProjectorNow): Gauge[] {
  const registers: Registry[] = [];
  const events = new Gauge({
    name: 'projection_behind_events',
    help: 'Events of the log that are not in the figures',
    registers,
    async collect() {
      const now = await lag().catch(() => undefined);
      if (now) this.set(now.events);
    },
  });
  const seconds = new Gauge({
    name: 'projection_behind_seconds',
    help: 'Since the first event that is not in the figures was recorded',
    registers,
    async collect() {
      const now = await lag().catch(() => undefined);
      if (now) this.set(now.seconds);
    },
  });
  const stopped = new Gauge({
    name: 'projection_stopped',
    help: 'Whether an event of a newer version of the program has stopped the projector of this node',
    registers,
    collect() {
      this.set(isStopped() ? 1 : 0);
    },
  });
  return [events, seconds, stopped];
}
