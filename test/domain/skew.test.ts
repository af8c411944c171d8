import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { correctTime, liesAhead } from '../../src/domain/skew.ts';
import { eightOClock as eight, minute } from '../support/facts.ts';

describe('a device’s time', () => {
  it('is corrected by whole seconds from 2 s on', () => {
    const skew = (off: number) => correctTime({ occurredAt: eight - minute, sentAt: eight - off, receivedAt: eight });
    expect(skew(1999)).toEqual({ occurredAt: eight - minute, skewSeconds: 0 });
    expect(skew(-1999)).toEqual({ occurredAt: eight - minute, skewSeconds: 0 });
    expect(skew(2000)).toEqual({ occurredAt: eight - minute + 2000, skewSeconds: 2 });
    expect(skew(-300_400)).toEqual({ occurredAt: eight - minute - 300_000, skewSeconds: -300 });
  });

  it('is taken as it is where nothing says when it was sent', () => {
    expect(correctTime({ occurredAt: eight, receivedAt: eight + 5 * minute })).toEqual({
      occurredAt: eight,
      skewSeconds: 0,
    });
  });

  it('is right within the network’s delay, however wrong the clock', () => {
    const times = fc.record({
      happened: fc.integer({ min: 0, max: 86_400_000 }),
      off: fc.integer({ min: -1e11, max: 1e11 }),
      delay: fc.integer({ min: 0, max: 1400 }),
    });
    fc.assert(
      fc.property(times, ({ happened, off, delay }) => {
        const sent = eight + 86_400_000;
        const told = { occurredAt: eight + happened + off, sentAt: sent + off, receivedAt: sent + delay };
        expect(Math.abs(correctTime(told).occurredAt - (eight + happened))).toBeLessThan(2000);
      }),
    );
  });

  it('is that of the receipt where the clock was fast and has been set right before the delivery', () => {
    const told = (ahead: number) => correctTime({ occurredAt: eight + ahead, sentAt: eight, receivedAt: eight });
    expect(told(2 * minute)).toEqual({ occurredAt: eight + 2 * minute, skewSeconds: 0 });
    expect(told(2 * minute + 1)).toEqual({ occurredAt: eight - 999, skewSeconds: -121 });
    expect(told(5 * minute)).toEqual({ occurredAt: eight, skewSeconds: -300 });
    expect(told(10 * minute)).toEqual({ occurredAt: eight, skewSeconds: -600 });
    expect(liesAhead(told(10 * minute + 1).occurredAt, eight)).toBe(true);
  });

  it('may lie two minutes ahead', () => {
    expect(liesAhead(eight + 2 * minute, eight)).toBe(false);
    expect(liesAhead(eight + 2 * minute + 1, eight)).toBe(true);
  });
});
