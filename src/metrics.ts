import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Metrics } from './http/ports.ts';
import { type ProjectorNow, projectorGauges } from './projector-gauges.ts';
import type { BatchReport } from './projector/runner.ts';
import type { Progress } from './reactions/progress.ts';
import { sealGauges, type SealingNow } from './seal-gauges.ts';

/** What a node tells Prometheus. Labels are the node's number, route patterns and roles, never ids. */
export type NodeMetrics = Metrics & {
  /** Asked at each look: what this node does for the figures, and how they are. */
  projecting(projector: ProjectorNow): void;
  /** Asked at each look: how far the log is sealed, and whether this node had to stop sealing. */
  sealing(now: SealingNow): void;
  /** A batch that this node's projector has applied. */
  batch(report: BatchReport): void;
  /** How far the reactions of this node have come, while it is its turn. */
  reacted(progress: Progress): void;
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
      for (const gauge of projectorGauges(node, projector)) registry.registerMetric(gauge);
    },
    sealing(now) {
      for (const gauge of sealGauges(now)) registry.registerMetric(gauge);
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
