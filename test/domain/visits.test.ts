import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { localDay } from '../../src/domain/local-time.ts';
import { type Admission, countVisits, type DatedRule } from '../../src/domain/visits.ts';

const at = (day: string, time: string) => Date.parse(`${day}T${time}+07:00`);
const hour = 3_600_000;

let number = 0;
const admission = (occurredAt: number, persons = 1, partySize = 10): Admission => {
  number += 1;
  return { id: `scan-${String(number).padStart(4, '0')}`, occurredAt, persons, partySize };
};

const always = (rule: DatedRule['rule']): DatedRule[] => [{ from: '2022-04-21', rule }];
const perDay = always({ kind: 'per-day' });
const perEntry = always({ kind: 'per-entry' });
const perHours = (hours: number) => always({ kind: 'per-hours', hours });

const picked = (admissions: readonly Admission[], rules: readonly DatedRule[]) =>
  countVisits(admissions, rules).map(({ admission, persons }) => [admission.id, persons]);

describe('per-day, the default', () => {
  test('the first admission of each local day is a visit', () => {
    const [morning, evening, next] = [
      at('2022-04-21', '08:00'),
      at('2022-04-21', '23:59'),
      at('2022-04-22', '00:00'),
    ].map((time) => admission(time));
    const day = [next, evening, morning].filter((one) => one !== undefined);
    expect(picked(day, perDay)).toEqual([
      [morning?.id, 1],
      [next?.id, 1],
    ]);
  });

  test('counts the most persons let in until the next visit, at most the party', () => {
    const first = admission(at('2022-04-21', '08:00'), 2, 4);
    const later = admission(at('2022-04-21', '09:00'), 3, 4);
    const tooMany = admission(at('2022-04-21', '10:00'), 9, 4);
    const tomorrow = admission(at('2022-04-22', '08:00'), 1, 4);
    expect(picked([first, later], perDay)).toEqual([[first.id, 3]]);
    expect(picked([first, later, tooMany, tomorrow], perDay)).toEqual([
      [first.id, 4],
      [tomorrow.id, 1],
    ]);
  });

  test('without the counted one, as after a void, the next eligible one counts', () => {
    const first = admission(at('2022-04-21', '08:00'), 4);
    const second = admission(at('2022-04-21', '09:00'), 1);
    expect(picked([first, second], perDay)).toEqual([[first.id, 4]]);
    expect(picked([second], perDay)).toEqual([[second.id, 1]]);
  });

  test('of two at the same moment the smaller id is first', () => {
    const [one, other] = [admission(at('2022-04-21', '08:00')), admission(at('2022-04-21', '08:00'))];
    expect(picked([other, one], perDay)).toEqual([[one.id, 1]]);
  });
});

describe('per-entry', () => {
  test('every admission is a visit of its own persons', () => {
    const admissions = [admission(at('2022-04-21', '08:00'), 2), admission(at('2022-04-21', '08:01'), 3)];
    expect(picked(admissions, perEntry)).toEqual(admissions.map(({ id, persons }) => [id, persons]));
  });
});

describe('per-hours', () => {
  test('counts again n hours after the last counted one, not after the last admission', () => {
    const start = at('2022-04-21', '08:00');
    const [first, within, again, afterAgain] = [0, 3.9, 4, 7.9].map((hours) => admission(start + hours * hour));
    const all = [first, within, again, afterAgain].filter((one) => one !== undefined);
    expect(picked(all, perHours(4))).toEqual([
      [first?.id, 1],
      [again?.id, 1],
    ]);
  });

  test('midnight does not reset it', () => {
    const late = admission(at('2022-04-21', '23:00'));
    const early = admission(at('2022-04-22', '01:00'));
    expect(picked([late, early], perHours(4))).toEqual([[late.id, 1]]);
  });
});

describe('a change of rule', () => {
  const rules: DatedRule[] = [
    { from: '2022-04-22', rule: { kind: 'per-hours', hours: 6 } },
    { from: '2022-04-21', rule: { kind: 'per-entry' } },
  ];

  test('each rule sees only the admissions of its own days', () => {
    const [a, b] = [admission(at('2022-04-21', '22:00')), admission(at('2022-04-21', '23:00'))];
    const [c, d] = [admission(at('2022-04-22', '00:30')), admission(at('2022-04-22', '05:00'))];
    expect(picked([d, c, b, a], rules)).toEqual([a, b, c].map(({ id }) => [id, 1]));
  });

  test('the first rule holds before its own day too', () => {
    const before = [admission(at('2022-04-20', '08:00')), admission(at('2022-04-20', '09:00'))];
    expect(picked(before, rules)).toEqual(before.map(({ id }) => [id, 1]));
  });
});

const rule: fc.Arbitrary<DatedRule['rule']> = fc.oneof(
  fc.constant({ kind: 'per-day' as const }),
  fc.constant({ kind: 'per-entry' as const }),
  fc.record({ kind: fc.constant('per-hours' as const), hours: fc.integer({ min: 1, max: 72 }) }),
);
const rules = fc.uniqueArray(
  fc.record({ from: fc.integer({ min: 19, max: 26 }).map((day) => `2022-04-${day}`), rule }),
  {
    minLength: 1,
    selector: ({ from }) => from,
  },
);
const admissions = fc.uniqueArray(
  fc.record({
    id: fc.uuid(),
    occurredAt: fc.integer({ min: 0, max: 40 }).map((steps) => at('2022-04-20', '20:00') + steps * 3 * hour),
    persons: fc.integer({ min: 1, max: 9 }),
    partySize: fc.constant(6),
  }),
  { maxLength: 12, selector: ({ id }) => id },
);

/** The rule, read off the dictionary one admission at a time, with nothing clever in it. */
function slowly(all: readonly Admission[], dated: readonly DatedRule[]): [string, number][] {
  const ruleOf = (day: string) => {
    const sorted = [...dated].sort((a, b) => (a.from < b.from ? -1 : 1));
    return sorted.findLast(({ from }) => from <= day) ?? sorted[0];
  };
  const sorted = [...all].sort((a, b) => (`${a.occurredAt} ${a.id}` < `${b.occurredAt} ${b.id}` ? -1 : 1));
  const counted: Admission[] = [];
  for (const one of sorted) {
    const own = ruleOf(localDay(one.occurredAt));
    const before = counted.filter((other) => ruleOf(localDay(other.occurredAt)) === own);
    const counts =
      own?.rule.kind === 'per-entry' ||
      (own?.rule.kind === 'per-day' &&
        !before.some((other) => localDay(other.occurredAt) === localDay(one.occurredAt))) ||
      (own?.rule.kind === 'per-hours' &&
        before.every(
          (other) => one.occurredAt - other.occurredAt >= (own.rule.kind === 'per-hours' ? own.rule.hours : 0) * hour,
        ));
    if (counts) counted.push(one);
  }
  return counted.map((one, index) => {
    const next = counted[index + 1];
    const span = sorted.slice(sorted.indexOf(one), next ? sorted.indexOf(next) : sorted.length);
    return [one.id, Math.max(...span.map(({ persons, partySize }) => Math.min(persons, partySize)))];
  });
}

const withShuffled = (all: Admission[]) =>
  fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }));

describe('for any admissions and any rules', () => {
  test('visits are those of the dictionary, whatever the order of arrival', () => {
    fc.assert(
      fc.property(admissions.chain(withShuffled), rules, ([all, shuffled], dated) => {
        const expected = slowly(all, dated);
        expect(picked(all, dated)).toEqual(expected);
        expect(picked(shuffled, dated.toReversed())).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });

  test('every pass that was admitted is a visit of at least one person', () => {
    fc.assert(
      fc.property(admissions, rules, (all, dated) => {
        const visits = countVisits(all, dated);
        expect(visits.length > 0).toBe(all.length > 0);
        expect(visits.every(({ persons, admission }) => persons >= 1 && persons <= admission.partySize)).toBe(true);
      }),
    );
  });
});
