import { describe, expect, test } from 'vitest';
import type { FairSettings } from '../../events/fair.ts';
import { changedFrom, countedBy } from '../../projections/attendance/settings-change.ts';
import { settings } from '../support/facts.ts';

type Rules = FairSettings['visitRules'];

const perDay = { kind: 'per-day' } as const;
const perEntry = { kind: 'per-entry' } as const;
const ruled = (visitRules: Rules) => countedBy({ ...settings, visitRules });
const from = (day: number, rule: Rules[number]['rule']) => ({ from: `2026-04-${day}`, rule });

describe('what a revision of the settings counts otherwise', () => {
  test('is everything where there were none', () => {
    expect(changedFrom(undefined, countedBy(settings))).toBe('0001-01-01');
  });

  test('is nothing where only names change', () => {
    expect(changedFrom(countedBy(settings), countedBy({ ...settings, name: { vi: 'Tên mới' } }))).toBeUndefined();
  });

  test.each<[string, Rules, Rules, string | undefined]>([
    ['a rule that begins on a day', [from(21, perDay)], [from(21, perDay), from(23, perEntry)], '2026-04-23'],
    ['a rule that ends', [from(21, perDay), from(22, perEntry)], [from(21, perDay)], '2026-04-22'],
    ['the first rule, which holds before its day too', [from(21, perDay)], [from(21, perEntry)], '0001-01-01'],
    ['the day of the first rule alone', [from(21, perDay)], [from(19, perDay)], undefined],
    ['the same rule, begun anew', [from(21, perDay)], [from(21, perDay), from(22, perDay)], '2026-04-22'],
    [
      'the order in which rules are written',
      [from(21, perDay), from(22, perEntry)],
      [from(22, perEntry), from(21, perDay)],
      undefined,
    ],
  ])('by %s is from that day on', (_, before, after, day) => {
    expect(changedFrom(ruled(before), ruled(after))).toBe(day);
  });

  test('is everything where exits are scanned, the closing time moves or the days are others', () => {
    const scanned = countedBy(settings);
    const gates = settings.gates.map((gate) => ({ ...gate, exits: 'not-scanned' as const }));
    expect(changedFrom(scanned, countedBy({ ...settings, gates }))).toBe('0001-01-01');
    expect(changedFrom(scanned, countedBy({ ...settings, closes: '18:00' }))).toBe('0001-01-01');
    expect(changedFrom(scanned, countedBy({ ...settings, days: settings.days.slice(1) }))).toBe('0001-01-01');
  });
});
