import { describe, expect, it } from 'vitest';
import { Misses } from '../../src/auth/misses.ts';
import { ShortCodeFinder } from '../../src/auth/short-code-finder.ts';
import type { PassClaims } from '../../src/domain/pass-token.ts';

const fair = '019a0000-0000-7000-8000-0000000000fa';
const claims: PassClaims = {
  fair,
  pass: '019a0000-0000-7000-8000-00000000009a',
  source: 'pass',
  category: 'pupil',
  partySize: 1,
  validFrom: null,
  validUntil: null,
};

function finder() {
  const clock = { now: 0 };
  const resolve = async (_: string, code: string) => {
    if (code === 'BROKEN') throw new Error('the database is away');
    return code === 'GOOD' ? claims : undefined;
  };
  const codes = new ShortCodeFinder({ resolve }, new Misses({ elapsedMs: () => clock.now }));
  const find = (code: string, by = 'device 1') => codes.find({ fair, code, by });
  const many = (count: number, code: string) => Promise.all(Array.from({ length: count }, () => find(code)));
  return { clock, find, many };
}

describe('whoever looks for short codes', () => {
  it('may find as many as it likes', async () => {
    expect(await finder().many(100, 'GOOD')).toEqual(Array.from({ length: 100 }, () => claims));
  });

  it('may miss twenty times a minute, all at once or not, and then finds nothing either', async () => {
    const { clock, find, many } = finder();
    const answers = await many(30, 'BAD');
    expect(answers.filter((answer) => answer === 'unknown')).toHaveLength(20);
    clock.now = 45_000;
    expect(await find('GOOD')).toEqual({ retryAfterSeconds: 15 });
    expect(await find('GOOD', 'device 2')).toEqual(claims);
    clock.now = 60_000;
    expect(await find('GOOD')).toEqual(claims);
    expect((await many(30, 'BAD')).filter((answer) => answer === 'unknown')).toHaveLength(20);
  });

  it('is not held up by a question that failed', async () => {
    const { find } = finder();
    const [broken, good] = await Promise.allSettled([find('BROKEN'), find('GOOD')]);
    expect(broken.status).toBe('rejected');
    expect(good).toEqual({ status: 'fulfilled', value: claims });
  });
});
