import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { localDay, minuteOfDay, momentOf, startOfDay } from '../../src/domain/local-time.ts';

const moment = fc.integer({ min: Date.UTC(2000, 0, 1), max: Date.UTC(2100, 0, 1) });

/** The day and minute as the time zone database of the runtime has them. */
const zone = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Asia/Ho_Chi_Minh',
  dateStyle: 'short',
  timeStyle: 'short',
  hourCycle: 'h23',
});

describe('local time of the fair', () => {
  test('the local day begins at 17:00 UTC', () => {
    expect(localDay(Date.parse('2022-04-20T16:59:59.999Z'))).toBe('2022-04-20');
    expect(localDay(Date.parse('2022-04-20T17:00:00Z'))).toBe('2022-04-21');
    expect(minuteOfDay(Date.parse('2022-04-20T17:00:59Z'))).toBe(0);
    expect(minuteOfDay(Date.parse('2022-04-21T16:59:59Z'))).toBe(1439);
  });

  test('a day and a time of day name one moment', () => {
    expect(momentOf('2022-04-21', '07:30')).toBe(Date.parse('2022-04-21T07:30:00+07:00'));
    expect(startOfDay('2024-02-29')).toBe(Date.parse('2024-02-29T00:00:00+07:00'));
  });

  test('agrees with the time zone database', () => {
    fc.assert(
      fc.property(moment, (at) => {
        const minute = minuteOfDay(at);
        const time = [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, '0')).join(':');
        expect(`${localDay(at)}, ${time}`).toBe(zone.format(at));
      }),
    );
  });

  test('is the inverse of itself', () => {
    fc.assert(
      fc.property(moment, (at) => {
        const sinceMidnight = at - startOfDay(localDay(at));
        expect(sinceMidnight).toBeGreaterThanOrEqual(minuteOfDay(at) * 60_000);
        expect(sinceMidnight).toBeLessThan((minuteOfDay(at) + 1) * 60_000);
      }),
    );
  });
});
