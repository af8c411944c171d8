import { describe, expect, it } from 'vitest';
import { inParallel } from '../../src/demo/in-parallel.ts';

describe('work in parallel', () => {
  it('is done for every item, never more at once than asked', async () => {
    const done: number[] = [];
    let [now, most] = [0, 0];
    await inParallel([1, 2, 3, 4, 5, 6, 7], { atOnce: 3 }, async (item) => {
      now += 1;
      most = Math.max(most, now);
      await Promise.resolve();
      now -= 1;
      done.push(item);
    });
    expect(done.sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(most).toBe(3);
  });

  it('stops at the first failure and tells it', async () => {
    const started: number[] = [];
    const work = async (item: number) => {
      started.push(item);
      await Promise.resolve();
      if (item === 2) throw new Error('no network');
    };
    await expect(inParallel([1, 2, 3, 4, 5, 6], { atOnce: 2 }, work)).rejects.toThrow('no network');
    expect(started.length).toBeLessThan(6);
  });
});
