import { describe, expect, test } from 'vitest';
import { ReadAhead } from '../../src/projector/read-ahead.ts';
import { logOf, sampleHistory } from '../support/history/history.ts';
import { logged } from '../support/projected.ts';

const whole = logOf(sampleHistory({ seed: 61, factsMin: 60 }));

/** A log that has so many events, and grows. */
function growing(length: number, { batchMax }: { readonly batchMax: number }) {
  const events = whole.slice(0, length);
  const asked: number[] = [];
  const store = logged(events);
  const read: typeof store.read = (after, limit) => {
    asked.push(after);
    return store.read(after, limit);
  };
  const grow = (by: number) => events.push(...whole.slice(events.length, events.length + by));
  const ahead = new ReadAhead({ read }, { batchMax });
  const next = async (after: number) => {
    const { events: found, isLast } = await ahead.next(after);
    return { upTo: found.at(-1)?.position, isLast };
  };
  return { next, grow, asked };
}

describe('a log that is read ahead', () => {
  test('goes on where it ended as the next batch was read, after a full one', async () => {
    const { next, grow } = growing(20, { batchMax: 10 });
    await next(0);
    expect(await next(10)).toEqual({ upTo: 20, isLast: false });
    grow(5);
    expect(await next(20)).toEqual({ upTo: 25, isLast: true });
    grow(10);
    expect(await next(25)).toEqual({ upTo: 35, isLast: false });
  });

  test('goes on where it ended as the next batch was read, after a short one', async () => {
    const { next, grow } = growing(14, { batchMax: 10 });
    await next(0);
    grow(6);
    expect(await next(10)).toEqual({ upTo: 14, isLast: false });
    expect(await next(14)).toEqual({ upTo: 20, isLast: true });
  });

  test('has the next batch on its way while one is folded, and reads nothing of it twice', async () => {
    const { next, asked } = growing(25, { batchMax: 10 });
    const steps = [];
    for (const after of [0, 10, 20, 25]) steps.push({ ...(await next(after)), asked: [...asked] });
    expect(steps).toEqual([
      { upTo: 10, isLast: false, asked: [0, 10] },
      { upTo: 20, isLast: false, asked: [0, 10, 20] },
      { upTo: 25, isLast: false, asked: [0, 10, 20] },
      { upTo: undefined, isLast: true, asked: [0, 10, 20, 25] },
    ]);
  });

  test('forgets a batch that could not be read', async () => {
    const store = logged(whole);
    let failures = 0;
    const read: typeof store.read = (after, limit) =>
      after === 10 && (failures += 1) === 1 ? Promise.reject(new Error('away')) : store.read(after, limit);
    const ahead = new ReadAhead({ read }, { batchMax: 10 });
    await ahead.next(0);
    await expect(ahead.next(10)).rejects.toThrow('away');
    expect((await ahead.next(10)).events.at(-1)?.position).toBe(20);
  });
});
