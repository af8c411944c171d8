import { expect, test } from 'vitest';
import { rateLimit } from '../../src/auth/rate-limit.ts';

const limited = (allowance: { perSecond: number; burst: number }, keysMax = 1000) => {
  const time = { ms: 0 };
  return { time, limit: rateLimit(allowance, { keysMax, elapsedMs: () => time.ms }) };
};

test('a burst may be spent at once, and comes back by the second', () => {
  const { time, limit } = limited({ perSecond: 2, burst: 3 });
  expect([1, 2, 3, 4].map(() => limit.take('phone'))).toEqual([
    undefined,
    undefined,
    undefined,
    { retryAfterSeconds: 1 },
  ]);
  time.ms = 1000;
  expect([1, 2, 3].map(() => limit.take('phone'))).toEqual([undefined, undefined, { retryAfterSeconds: 1 }]);
});

test('what is refused costs nothing, and waiting as long as told is enough', () => {
  const { time, limit } = limited({ perSecond: 0.5, burst: 1 });
  limit.take('phone');
  for (let refused = 0; refused < 50; refused += 1) limit.take('phone');
  const told = limit.take('phone');
  expect(told).toEqual({ retryAfterSeconds: 2 });
  time.ms = 2000;
  expect(limit.take('phone')).toBeUndefined();
});

test('each key has an allowance of its own, and the one that rested longest makes room', () => {
  const { limit } = limited({ perSecond: 1, burst: 1 }, 2);
  expect(limit.take('a')).toBeUndefined();
  expect(limit.take('b')).toBeUndefined();
  expect(limit.take('a')).toBeDefined();
  expect(limit.take('c')).toBeUndefined();
  expect(limit.take('b')).toBeDefined();
});
