import { describe, expect, it } from 'vitest';
import { json, lines, type Results } from '../../../../load-tests/bench/projections/report.ts';

const measured = (perSecond: number, oursTo: number) => ({ perSecond, p50: 1, p99: 2, oursTo });
const results: Results = {
  ours: 151_234.4,
  emmett: 2_001.6,
  lag: { p50: 61, p99: 120, asked: 5000, reached: 4990 },
  growth: [
    { size: 10_000, appends: measured(30_000, 1), reads: measured(20_000, 1) },
    { size: 10_000_000, appends: measured(25_000, 1.2049), reads: measured(19_000, 1.3) },
  ],
};

describe('the report of the benchmark of projections', () => {
  it('is one JSON object for whoever checks it, the growth being that of the largest log', () => {
    expect(json(results)).toBe(
      '{"replay":{"ours":151234,"emmett":2002,"oursToEmmett":75.56},"lagMs":{"p50":61,"p99":120},"lagRate":{"asked":5000,"reached":4990},"appendGrowth":1.2}',
    );
  });

  it('leaves out what was not measured', () => {
    expect(json({})).toBe('{}');
    expect(json({ ours: 1000 })).toBe('{"replay":{"ours":1000}}');
    expect(json({ emmett: 10 })).toBe('{"replay":{"emmett":10}}');
    expect(lines({ emmett: 10 })).toEqual(["Emmett's consumer: 10 events/s, four sums"]);
    expect(lines({})).toEqual([]);
  });

  it('gives no lag for a rate that was not reached', () => {
    const slow = { lag: { p50: 61, p99: 120, asked: 5000, reached: 4700 } };
    expect(json(slow)).toBe('{"lagRate":{"asked":5000,"reached":4700}}');
    expect(lines(slow)).toEqual([
      'lag: p50 61 ms, p99 120 ms, at 4700 events/s, which is NOT the 5000 events/s that were asked for',
    ]);
  });

  it('has a line for each thing that was measured', () => {
    expect(lines(results)).toEqual([
      'replay: 151234 events/s, all projections together',
      "Emmett's consumer: 2002 events/s, four sums",
      'ours is 75.6 x',
      'lag: p50 61 ms, p99 120 ms, at 4990 events/s',
      'append at 10000 events: 30000/s, p50 1.00 ms, p99 2.00 ms, costs 1.00 x',
      'read at 10000 events: 20000/s, p50 1.00 ms, p99 2.00 ms, costs 1.00 x',
      'append at 10000000 events: 25000/s, p50 1.00 ms, p99 2.00 ms, costs 1.20 x',
      'read at 10000000 events: 19000/s, p50 1.00 ms, p99 2.00 ms, costs 1.30 x',
    ]);
  });
});
