import { describe, expect, it } from 'vitest';
import { quantile, summary } from '../../../load-tests/bench/summary.ts';

const round = (perSecond: number, ...milliseconds: number[]) => ({ perSecond, milliseconds });

describe('the figures of a benchmark', () => {
  it('are the median of the rounds, and the times of all of them', () => {
    const own = [round(100, 1, 2), round(900, 3, 4), round(200, 5, 100)];
    expect(summary(own, own)).toEqual({ perSecond: 200, p50: 4, p99: 100, oursTo: 1 });
  });

  it('compare each round with ours of the same turn, so that a slow minute of the machine hits both', () => {
    const ours = [round(1000), round(100), round(400)];
    const other = [round(500), round(50), round(100)];
    expect(summary(other, ours).oursTo).toBe(2);
  });

  it('say of no round at all that they are no numbers', () => {
    expect(quantile([], 0.5)).toBeNaN();
    expect(summary([], []).perSecond).toBeNaN();
  });

  it('change nothing of what they are made of', () => {
    const values = [3, 1, 2];
    expect(quantile(values, 0)).toBe(1);
    expect(quantile(values, 1)).toBe(3);
    expect(values).toEqual([3, 1, 2]);
  });
});
