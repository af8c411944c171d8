import type { Scenario } from '../scenarios.ts';
import type { RequestStream } from './request.ts';

type Disaster = 'none' | 'kill';

/** Options of k6 (grafana.com/docs/k6, “Options”): a scenario of k6 for each stream, and what must hold in the end. */
export const k6Options = (
  { p99Ms }: Pick<Scenario, 'p99Ms'>,
  streams: readonly RequestStream[],
  { seconds, disaster }: { readonly seconds: number; readonly disaster: Disaster },
) => ({
  scenarios: Object.fromEntries(streams.map((stream) => [stream.name, executorOf(stream, seconds)])),
  thresholds: { ...(disaster === 'none' ? latencies(p99Ms) : {}), ...certainties(disaster) },
  summaryTrendStats: ['avg', 'med', 'p(95)', 'p(99)', 'max', 'count'],
  systemTags: ['status', 'method', 'name', 'scenario', 'error_code'],
  discardResponseBodies: false,
  userAgent: 'hoi-sach-load-tests',
});

/** k6 counts in whole iterations for a unit of time. */
const unitSeconds = 1000;

function executorOf({ name, phase, startSeconds, perSecond, requests }: RequestStream, seconds: number) {
  const common = { exec: 'send', tags: { phase, stream: name }, gracefulStop: '60s' };
  if (perSecond === 'at-once') {
    const vus = requests.length;
    const startTime = `${startSeconds}s`;
    return {
      ...common,
      executor: 'shared-iterations',
      vus,
      iterations: vus,
      startTime,
      maxDuration: `${seconds + 60}s`,
    };
  }
  return {
    ...common,
    executor: 'constant-arrival-rate',
    rate: Math.round(perSecond * unitSeconds),
    timeUnit: `${unitSeconds}s`,
    startTime: `${Math.round(startSeconds * 1000)}ms`,
    duration: `${Math.round((requests.length / perSecond) * 1000)}ms`,
    preAllocatedVUs: Math.ceil(perSecond * 2) + 1,
    maxVUs: Math.ceil(perSecond * 30) + 10,
  };
}

/** Of what a scenario names: 99 of 100 are answered sooner. */
const latencies = (p99Ms: Scenario['p99Ms']) =>
  Object.fromEntries(
    Object.entries(p99Ms).map(([kind, ms]) => [
      kind === 'write' ? 'http_req_duration{phase:load,write:yes}' : `http_req_duration{phase:load,kind:${kind}}`,
      [`p(99)<${ms}`],
    ]),
  );

/**
 * Nothing is left out and nothing unanswered. Where a node is killed, a request that broke off is sent again, which
 * takes its time; otherwise there is no such thing.
 */
const certainties = (disaster: Disaster) => ({
  dropped_iterations: ['count==0'],
  unanswered: ['count==0'],
  ...(disaster === 'none' ? { http_req_failed: ['rate==0'], retries: ['count==0'] } : {}),
});
