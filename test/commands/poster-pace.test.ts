import { expect, it } from 'vitest';
import { PosterPace } from '../../src/commands/poster-pace.ts';

it('counts the passes taken at a gate within a minute, each once, however often it is asked', () => {
  const pace = new PosterPace();
  const count = (pass: string, now: number, gate = 'G1') => pace.countWith({ fair: 'f', gate, pass }, now);
  expect([count('a', 0), count('b', 1000), count('a', 2000), count('b', 2000)]).toEqual([1, 2, 2, 2]);
  expect(count('c', 2000, 'G2')).toBe(1);
  expect(count('d', 59_999)).toBe(3);
  expect(count('e', 60_000)).toBe(3);
  expect(count('f', 61_000)).toBe(3);
  expect(count('g', 200_000)).toBe(1);
});
