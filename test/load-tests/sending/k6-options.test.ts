import { describe, expect, it } from 'vitest';
import { scenarios } from '../../../load-tests/scenarios.ts';
import { k6Options } from '../../../load-tests/sending/k6-options.ts';
import type { Request, RequestStream } from '../../../load-tests/sending/request.ts';

const request: Request = {
  id: null,
  kind: 'look',
  method: 'GET',
  path: '/',
  name: 'GET total',
  token: null,
  body: null,
  stamp: 'none',
  skewMs: 0,
  times: 1,
};
const flow: RequestStream = {
  name: 'scans',
  phase: 'load',
  startSeconds: 8,
  perSecond: 0.3,
  requests: Array.from({ length: 6 }, () => request),
};

describe('the options of k6', () => {
  it('are a constant rate of arrivals for a flow, for as long as it has requests', () => {
    const { scenarios: flows } = k6Options(scenarios.province, [flow], { seconds: 20, disaster: 'none' });
    expect(flows['scans']).toMatchObject({
      executor: 'constant-arrival-rate',
      rate: 300,
      timeUnit: '1000s',
      startTime: '8000ms',
      duration: '20000ms',
    });
  });

  it('are one iteration each, all at once, for a burst', () => {
    const burst: RequestStream = { ...flow, name: 'burst-1', perSecond: 'at-once' };
    const { scenarios: flows } = k6Options(scenarios.school, [burst], { seconds: 20, disaster: 'none' });
    expect(flows['burst-1']).toMatchObject({ executor: 'shared-iterations', vus: 6, iterations: 6 });
  });

  it('hold a scan of the province to 50 ms, and every request to an answer at the first try', () => {
    const { thresholds } = k6Options(scenarios.province, [flow], { seconds: 20, disaster: 'none' });
    expect(thresholds).toMatchObject({
      'http_req_duration{phase:load,kind:scan}': ['p(99)<50'],
      http_req_failed: ['rate==0'],
      retries: ['count==0'],
      unanswered: ['count==0'],
      dropped_iterations: ['count==0'],
    });
  });

  it('hold every request to an answer in the end where a node is killed', () => {
    const { thresholds } = k6Options(scenarios.province, [flow], { seconds: 20, disaster: 'kill' });
    expect(thresholds).toEqual({ unanswered: ['count==0'], dropped_iterations: ['count==0'] });
  });
});
