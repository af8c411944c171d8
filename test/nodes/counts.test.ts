import { describe, expect, it, vi } from 'vitest';
import type { CountTogether } from '../../src/auth/count-together.ts';
import { Misses } from '../../src/auth/misses.ts';
import { rateLimit } from '../../src/auth/rate-limit.ts';
import { PosterPace } from '../../src/commands/poster-pace.ts';
import { Counts, countsOf } from '../../src/nodes/counts.ts';

/** Two nodes that hear of each other what the supervisor would carry between their processes. */
function twoNodes(): { readonly one: CountTogether; readonly other: CountTogether; readonly told: Counts[] } {
  const told: Counts[] = [];
  const carried = (counts: Counts): Counts => {
    told.push(counts);
    return Counts.parse(JSON.parse(JSON.stringify(counts)));
  };
  const one = countsOf((counts) => other.hear(carried(counts)));
  const other = countsOf((counts) => one.hear(carried(counts)));
  return { one: one.together, other: other.together, told };
}

const patiently = { timeout: 20_000, interval: 10 };

describe('what is counted on one node', () => {
  it('is taken from a caller’s allowance on the other too, once, and from nobody else’s', async () => {
    const { one, other, told } = twoNodes();
    const time = { ms: 0 };
    const elapsedMs = () => time.ms;
    const allowance = { perSecond: 1, burst: 10 };
    const here = rateLimit(allowance, { elapsedMs, join: one('requests') });
    const there = rateLimit(allowance, { elapsedMs, join: other('requests') });
    for (let asked = 0; asked < 8; asked += 1) expect(here.take('phone')).toBeUndefined();
    expect(here.take('a device with its queue', 9)).toBeUndefined();
    await vi.waitFor(() => expect(told).toHaveLength(1), patiently);
    expect(told).toEqual([{ requests: { phone: 8, 'a device with its queue': 9 } }]);
    expect([1, 2, 3].map(() => there.take('phone'))).toEqual([undefined, undefined, { retryAfterSeconds: 1 }]);
    expect(there.take('a device with its queue', 2)).toEqual({ retryAfterSeconds: 1 });
    expect(there.take('somebody else', 10)).toBeUndefined();
    await vi.waitFor(() => expect(told).toHaveLength(2), patiently);
    expect(here.take('phone')).toEqual({ retryAfterSeconds: 1 });
    time.ms = 1000;
    expect(here.take('phone')).toBeUndefined();
  });

  it('makes a debt where both let through what was left for one', async () => {
    const { one, other, told } = twoNodes();
    const time = { ms: 0 };
    const limits = [one, other].map((together) =>
      rateLimit({ perSecond: 1, burst: 5 }, { elapsedMs: () => time.ms, join: together('requests') }),
    );
    for (const limit of limits) expect(limit.take('phone', 5)).toBeUndefined();
    await vi.waitFor(() => expect(told).toHaveLength(2), patiently);
    time.ms = 5000;
    expect(limits.map((limit) => limit.take('phone'))).toEqual([{ retryAfterSeconds: 1 }, { retryAfterSeconds: 1 }]);
    time.ms = 6000;
    expect(limits[0]?.take('phone')).toBeUndefined();
  });

  it('counts among the misses of who tries short codes out', async () => {
    const { one, other, told } = twoNodes();
    const elapsedMs = () => 0;
    const here = new Misses({ elapsedMs, together: one });
    const there = new Misses({ elapsedMs, together: other });
    for (let tried = 0; tried < 20; tried += 1) await here.within('device', async () => undefined);
    await here.within('other device', async () => 'a pass');
    await vi.waitFor(() => expect(told).toEqual([{ 'short-code misses': { device: 20 } }]), patiently);
    expect(await there.within('device', async () => 'a pass')).toEqual({ retryAfterSeconds: 60 });
    expect(await there.within('other device', async () => 'a pass')).toBe('a pass');
  });

  it('counts among the new passes at a poster, each pass once', async () => {
    const { one, other, told } = twoNodes();
    const here = new PosterPace(one('posters'));
    const there = new PosterPace(other('posters'));
    const at = (pass: string) => ({ fair: 'fair', gate: 'G1', pass });
    expect([here.countWith(at('a'), 0), here.countWith(at('b'), 0), here.countWith(at('a'), 10)]).toEqual([1, 2, 2]);
    await vi.waitFor(() => expect(told).toHaveLength(1), patiently);
    expect(there.countWith(at('a'), 20)).toBe(2);
    expect(there.countWith(at('c'), 20)).toBe(3);
    expect(there.countWith({ ...at('c'), gate: 'G2' }, 20)).toBe(1);
  });
});
