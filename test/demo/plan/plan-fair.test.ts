import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FairSettings } from '../../../events/fair.ts';
import { momentAt, slotOf } from '../../../src/demo/plan/calendar.ts';
import { entriesOf, isExcluded } from '../../../src/demo/plan/expected-visits.ts';
import { bacNinh2022 } from '../../../src/demo/plan/options.ts';
import { type Plan, planFair } from '../../../src/demo/plan/plan-fair.ts';

const total = (amounts: Readonly<Record<string, number>>) => Object.values(amounts).reduce((sum, n) => sum + n, 0);

describe('the acceptance scenario “Bắc Ninh 2022”', () => {
  const plan = planFair(bacNinh2022);

  it('has the numbers of the domain', () => {
    expect(plan.expected.figures).toMatchObject({
      visits: 5_962,
      pupils: 3_300,
      'organisations-registered': 24,
      'organisations-present': 22,
      booths: 40,
      'catalogue-lines': 100_000,
      'copies-declared': 1_523_400,
    });
    expect(plan.expected.visitsBy.day).toEqual({ '2022-04-21': 2_981, '2022-04-22': 1_610, '2022-04-23': 1_371 });
    expect(plan.gate.groups.filter(({ arrivals }) => arrivals.length > 0)).toHaveLength(70);
    expect(plan.books.facts.filter((fact) => fact.kind === 'sale' && fact.means === 'sold')).toHaveLength(1_500);
  });

  it('has 55 % of the first day between 07:30 and 08:15', () => {
    const [from, to] = [momentAt('2022-04-21', '07:30'), momentAt('2022-04-21', '08:15')];
    const early = visitsOf(plan).filter(({ at }) => from <= at && at < to);
    expect(early.reduce((sum, { persons }) => sum + persons, 0)).toBe(1_640);
  });

  it('has its school groups come in school hours', () => {
    const hours = plan.gate.groups.flatMap(({ arrivals }) => arrivals.map(({ at }) => slotOf(at)));
    expect(hours.filter((slot) => slot < '07:30' || slot > '16:00' || (slot > '10:30' && slot < '14:00'))).toEqual([]);
  });

  it('trips one plausibility check, the copies per booth', () => {
    expect(plan.expected.warnings).toEqual(['copies-per-booth']);
    const value = (key: keyof typeof plan.expected.figures) => plan.expected.figures[key] ?? Number.NaN;
    expect(value('copies-declared') / value('booths')).toBe(38_085);
    expect(value('revenue') / value('copies-sold')).toBeGreaterThan(15_000);
    expect(value('revenue') / value('copies-sold')).toBeLessThan(300_000);
    expect(value('copies-declared') / value('titles')).toBeLessThan(500);
    expect(value('copies-sold') / value('visits')).toBeLessThan(3);
    expect(value('copies-sold')).toBeGreaterThan(2_900);
    expect(value('copies-sold')).toBeLessThan(3_200);
    expect(value('unique-visitors')).toBeLessThan(value('visits'));
    expect(plan.settings.lastYear?.['visits']).not.toBe(5_962);
  });
});

describe('a plan', () => {
  it('is the same for the same options', () => {
    const options = { seed: 'Kinh Bắc', visits: 700, copies: 30_000 };
    expect(planFair(options)).toEqual(planFair(options));
  });

  it('is another fair, with the same totals, for another seed', () => {
    const [one, other] = [
      planFair({ seed: 'a', visits: 700, copies: 30_000 }),
      planFair({ seed: 'b', visits: 700, copies: 30_000 }),
    ];
    expect(other.fair).not.toBe(one.fair);
    expect(other.gate.facts).not.toEqual(one.gate.facts);
    expect(other.expected.figures.visits).toBe(700);
    expect(other.expected.figures['copies-declared']).toBe(30_000);
  });

  it('has settings that a fair can take', () => {
    const { settings } = planFair({ seed: 'a', visits: 700, copies: 30_000 });
    expect(FairSettings.parse(settings)).toEqual(settings);
  });

  it('comes to exactly the visits and copies asked for, at any size', () => {
    const options = fc.record({
      seed: fc.string({ minLength: 1, maxLength: 8 }),
      visits: fc.integer({ min: 100, max: 4_000 }),
      copies: fc.integer({ min: 1_000, max: 60_000 }),
    });
    fc.assert(
      fc.property(options, (chosen) => {
        const { expected } = planFair(chosen);
        expect(expected.figures.visits).toBe(chosen.visits);
        expect(total(expected.visitsBy.gate)).toBe(chosen.visits);
        expect(expected.figures['copies-declared']).toBe(chosen.copies);
        expect(Object.values(expected.figures).every((value) => Number.isSafeInteger(value))).toBe(true);
      }),
      { numRuns: 15 },
    );
  });
});

const visitsOf = (plan: Plan) =>
  entriesOf(plan.gate.facts).filter((entry) => entry.counts === 'visit' && !isExcluded(entry));
