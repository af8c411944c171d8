import { describe, expect, test } from 'vitest';
import type { Values } from '../../src/figures/values.ts';
import { warningsOf } from '../../src/figures/warnings.ts';

type About = Parameters<typeof warningsOf>[1];

const warnings = (values: Partial<Values>, about: Partial<About> = {}) =>
  warningsOf(values, { stock: { added: 0 }, lowStatements: [], counting: {}, ...about });
const checks = (...given: Parameters<typeof warnings>) => warnings(...given).map(({ check }) => check);

describe('plausibility', () => {
  test('of Bắc Ninh 2022: one warning, with the figures that caused it', () => {
    const values = {
      visits: 5962,
      'unique-visitors': 1900,
      'copies-declared': 1_523_400,
      titles: 60_000,
      booths: 40,
      'copies-sold': 3000,
      revenue: 240_000_000,
    };
    expect(warnings(values)).toEqual([
      {
        check: 'copies-per-booth',
        figures: { 'copies-declared': 1_523_400, booths: 40 },
        message: {
          vi: 'Bình quân 38.085 bản sách đăng ký mỗi gian hàng, trên mức 10.000',
          en: '38,085 copies declared a booth on average, above 10,000',
        },
      },
    ]);
  });

  test.each<[string, Partial<Values>, Partial<Values>, Partial<About>?]>([
    [
      'price-per-copy',
      { revenue: 14_999, 'copies-sold': 1, 'copies-declared': 1 },
      { revenue: 15_000, 'copies-sold': 1, 'copies-declared': 1 },
    ],
    [
      'price-per-copy',
      { revenue: 600_001, 'copies-sold': 2, 'copies-declared': 2 },
      { revenue: 600_000, 'copies-sold': 2, 'copies-declared': 2 },
    ],
    ['copies-per-title', { 'copies-declared': 1001, titles: 2 }, { 'copies-declared': 1000, titles: 2 }],
    ['copies-per-title', { 'copies-declared': 1, titles: 2 }, { 'copies-declared': 2, titles: 2 }],
    ['copies-per-booth', { 'copies-declared': 20_001, booths: 2 }, { 'copies-declared': 20_000, booths: 2 }],
    ['copies-per-visit', { ...fairlySold(7), visits: 2 }, { ...fairlySold(6), visits: 2 }],
    ['people-above-visits', { 'unique-visitors': 11, visits: 10 }, { 'unique-visitors': 10, visits: 10 }],
  ])('%s warns beyond its bound, and not at it', (check, beyond, within, about) => {
    expect(checks(beyond, about)).toEqual([check]);
    expect(checks(within, about)).toEqual([]);
  });

  test('more copies sold than were declared and added', () => {
    expect(checks({ ...fairlySold(10), 'copies-declared': 7 }, { stock: { added: 2 } })).toEqual(['sold-above-stock']);
    expect(checks({ ...fairlySold(10), 'copies-declared': 7 }, { stock: { added: 3 } })).toEqual([]);
  });

  test('figures that are those of last year, named', () => {
    const lastYear = { visits: 5962, 'copies-declared': 2_000_000, titles: 0, unheard: 0 };
    expect(
      warnings({ visits: 5962, 'copies-declared': 1_900_000, titles: 0 }, { counting: { lastYear } }),
    ).toMatchObject([{ check: 'same-as-last-year', figures: { visits: 5962 } }]);
  });

  test('statements below what was recorded', () => {
    const lowStatements = [{ figure: 'copies' as const, stated: 3, recorded: 5 }];
    expect(warnings({}, { lowStatements })).toMatchObject([
      { check: 'statement-below-recorded', figures: { 'copies-sold-stated': 3, 'copies-sold-recorded': 5 } },
    ]);
  });

  test('a ratio over nothing says nothing', () => {
    expect(checks({ ...fairlySold(5), visits: 0, titles: 0, booths: 0 })).toEqual([]);
    expect(checks({ 'copies-declared': 5_000_000 })).toEqual([]);
  });
});

/** So many copies sold, at a price and from a stock that nobody wonders at. */
function fairlySold(copies: number): Partial<Values> {
  return { 'copies-sold': copies, revenue: copies * 50_000, 'copies-declared': copies };
}
