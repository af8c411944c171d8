import { describe, expect, it } from 'vitest';
import { liveChecks, nodeChecks, thresholdChecks } from '../../../load-tests/report/checks.ts';

const summaryOf = (values: Record<string, number>, ok: boolean) => ({
  metrics: { 'http_req_duration{phase:load,kind:scan}': { values, thresholds: { 'p(99)<50': { ok } } } },
});
const page = (visits: number, more: { breaks?: { at: number; ms: number }[]; frames?: number[] } = {}) => ({
  audience: 'public' as const,
  latest: { visits: { value: visits } },
  breaks: more.breaks ?? [],
  frames: more.frames ?? [1],
});
const passed = (checks: readonly { passed: boolean }[]) => checks.map((check) => check.passed);

describe('a threshold', () => {
  it('is what k6 says of it', () => {
    expect(thresholdChecks(summaryOf({ 'p(99)': 12.34, count: 400 }, true))).toEqual([
      {
        about: 'threshold',
        rule: '99 of 100 scans are answered within 50 ms',
        measured: '12.3 ms',
        passed: true,
      },
    ]);
    expect(passed(thresholdChecks(summaryOf({ 'p(99)': 80, count: 400 }, false)))).toEqual([false]);
  });

  it('is said in words', () => {
    const counted = (metric: string, rule: string, values: Record<string, number>) =>
      thresholdChecks({ metrics: { [metric]: { values, thresholds: { [rule]: { ok: false } } } } });
    expect(counted('retries', 'count==0', { count: 3 })).toMatchObject([
      { rule: 'nothing has to be sent again', measured: '3', passed: false },
    ]);
    expect(counted('http_req_failed', 'rate==0', { rate: 0.012 })).toMatchObject([
      { rule: 'no request fails', measured: '1.2 %' },
    ]);
  });

  it('fails where nothing was measured', () => {
    expect(thresholdChecks(summaryOf({ 'p(99)': 0, count: 0 }, true))).toMatchObject([
      { measured: 'nothing', passed: false },
    ]);
  });
});

describe('live pages', () => {
  const broken = { breaks: [{ at: 10, ms: 5 }] };

  it('all show the visits in the end', () => {
    expect(passed(liveChecks([page(7), page(7)], 7, undefined))).toEqual([true, true]);
    expect(passed(liveChecks([page(7), page(6)], 7, undefined))).toEqual([false, true]);
    const board = { ...page(0), latest: { figures: [{ key: 'visits', value: 7 }] } };
    expect(passed(liveChecks([board], 7, undefined))).toEqual([true, true]);
  });

  it('keep their connection where no node is killed', () => {
    expect(passed(liveChecks([page(7), page(7, broken)], 7, undefined))).toEqual([true, false]);
  });

  it('of a surviving node go on without a break, and have frames after its work was taken over', () => {
    const killed = { node: '1', pid: 1, projects: true };
    const disaster = { at: 100, killed, takenOverMs: 50, replacedMs: 60 };
    const went = (...frames: number[]) => passed(liveChecks([page(7, { frames }), page(7, broken)], 7, disaster));
    expect(went(90, 151)).toEqual([true, true]);
    expect(went(90, 149)).toEqual([true, false]);
    expect(passed(liveChecks([page(7, { ...broken, frames: [200] })], 7, disaster))).toEqual([true, false]);
  });
});

describe('the work of a killed node', () => {
  const killed = { node: '1', pid: 1, projects: true };

  it.each([
    [9999, 2000, [true, true]],
    [10_001, 2000, [false, true]],
    [null, null, [false, false]],
  ])('taken over after %j ms, replaced after %j ms', (takenOverMs, replacedMs, holds) => {
    expect(passed(nodeChecks({ at: 0, killed, takenOverMs, replacedMs }))).toEqual(holds);
  });
});
