import { describe, expect, it } from 'vitest';
import { stateDailyFigures } from '../../src/domain/daily-figures.ts';
import { closedFair, eightOClock, idOf, minute, runningFair } from '../support/facts.ts';

const day = 24 * 60 * minute;
const statementOf = (about: { day?: string; copiesSold?: number }) => ({
  statement: idOf(1),
  exhibitor: idOf(2),
  day: '2026-04-21',
  copiesSold: 120,
  revenue: 6_000_000,
  copiesDonated: 5,
  ...about,
});

describe('a statement of a day', () => {
  it('is taken on the day and after it, and may be negative', () => {
    for (const occurredAt of [eightOClock, eightOClock + 2 * day]) {
      const data = statementOf({ copiesSold: -3 });
      expect(stateDailyFigures(data, { fair: runningFair, occurredAt })).toEqual({ type: 'DailyFiguresStated', data });
    }
  });

  it('is not taken before the local day begins', () => {
    const tomorrow = statementOf({ day: '2026-04-22' });
    const midnight = Date.UTC(2026, 3, 21, 17);
    expect(stateDailyFigures(tomorrow, { fair: runningFair, occurredAt: midnight - 1 })).toEqual({
      refused: 'day-not-begun',
    });
    expect(stateDailyFigures(tomorrow, { fair: runningFair, occurredAt: midnight })).toHaveProperty('type');
  });

  it('is about a day of the fair, and made before closing', () => {
    const other = statementOf({ day: '2026-04-20' });
    expect(stateDailyFigures(other, { fair: runningFair, occurredAt: eightOClock })).toEqual({
      refused: 'not-a-day-of-the-fair',
    });
    const late = { fair: closedFair, occurredAt: eightOClock + minute };
    expect(stateDailyFigures(statementOf({}), late)).toEqual({ refused: 'fair-closed' });
  });
});
