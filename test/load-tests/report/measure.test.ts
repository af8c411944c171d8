import { describe, expect, it } from 'vitest';
import { countsOf, latenciesOf, secondsOf } from '../../../load-tests/report/measure.ts';
import type { Line } from '../../../load-tests/sending/request.ts';

const line = (more: Partial<Line>): Line => ({
  stream: 'scans',
  phase: 'load',
  kind: 'scan',
  at: 0,
  ms: 1,
  round: 1,
  attempt: 1,
  status: 200,
  answers: [],
  ...more,
});

describe('what was measured', () => {
  it('is the time that this share of all did not exceed, the warm-up left out', () => {
    const scans = Array.from({ length: 100 }, (_, index) => line({ ms: index + 1 }));
    const cold = line({ phase: 'warm-up', ms: 5000 });
    expect(latenciesOf([...scans, cold])).toEqual([{ kind: 'scan', count: 100, p50: 50, p95: 95, p99: 99, max: 100 }]);
  });

  it('is drawn second by second, each time over the last five', () => {
    const lines = [line({ at: 10_000, ms: 4 }), line({ at: 10_999, ms: 2 }), line({ at: 16_000, attempt: 2, ms: 9 })];
    const seconds = secondsOf(lines, [[10_500, 12_100], [12_200]], () => true);
    expect(seconds.map(({ requests }) => requests)).toEqual([2, 0, 0, 0, 0, 0, 1]);
    expect(seconds.map(({ p99 }) => p99)).toEqual([4, 4, 4, 4, 4, null, 9]);
    expect(seconds.map(({ retries }) => retries)).toEqual([0, 0, 0, 0, 0, 0, 1]);
    expect(seconds.map(({ frames }) => frames)).toEqual([0.5, 0, 1, 0, 0, 0, 0]);
  });

  it('tells what was sent again on purpose from what had to be', () => {
    expect(countsOf([line({}), line({ round: 2 }), line({ attempt: 2 }), line({ round: 2, attempt: 3 })])).toEqual({
      requests: 4,
      repeats: 1,
      retries: 2,
    });
  });
});
