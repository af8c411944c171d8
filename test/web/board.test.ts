import { describe, expect, test } from 'vitest';
import type { FiguresDocument } from '../../src/contract/figures.ts';
import { CurveTable } from '../../src/web/board/curve-table.tsx';
import { planCurve } from '../../src/web/board/curve-scale.ts';
import { describeFact } from '../../src/web/board/describe-fact.ts';
import { htmlOf } from '../../src/web/html.ts';
import { totalIn } from '../../src/web/fair/total-in.ts';
import { facts } from './sample-facts.ts';
import { fair, figures, publicOf } from './samples.ts';

const withCurves = (curves: FiguresDocument['curves']): FiguresDocument => ({
  ...figures,
  curves,
  today: { day: '2022-04-19', visits: 0 },
});
const at = (minute: number, visits: number) => ({ minute, visits, entries: visits });

describe('the chart', () => {
  test('compares with the fair’s last day before, which need not be yesterday', () => {
    const days = ['2022-04-19', '2022-04-20', '2022-04-14', '2022-04-16'].map((day) => ({ day, buckets: [] }));
    expect(planCurve(withCurves(days), fair).before?.day).toBe('2022-04-16');
  });

  test('knows where its day stands, and that a day that is over stands nowhere', () => {
    expect(planCurve(figures, fair).now).toBe(571);
    expect(planCurve({ ...figures, today: { day: '2022-04-18', visits: 1 } }, fair).now).toBeUndefined();
  });

  test('leaves the minutes to come empty in its table', () => {
    const html = htmlOf(CurveTable({ plan: planCurve(figures, fair), language: 'vi' }));
    const rows = [...html.matchAll(/<tr><th scope="row" class="num">([\d:]+)<\/th><td class="num">([^<]*)</g)];
    expect(rows.filter(([, minute = '']) => minute > '09:31').every(([, , visits]) => visits === '–')).toBe(true);
    expect(rows.filter(([, minute = '']) => minute <= '09:30').every(([, , visits]) => visits !== '–')).toBe(true);
    expect(rows).toHaveLength(90);
  });

  test('shows the last day that has begun when today is none of the fair’s', () => {
    const curves = ['2022-04-18', '2022-04-20'].map((day) => ({ day, buckets: [at(480, 3)] }));
    const after = planCurve({ ...figures, curves, today: { day: '2022-05-02', visits: 0 } }, fair);
    expect([after.shown.day, after.before?.day, after.isToday]).toEqual(['2022-04-20', '2022-04-18', false]);
    const between = planCurve({ ...figures, curves, today: { day: '2022-04-19', visits: 0 } }, fair);
    expect([between.shown, between.before?.day, between.isToday]).toEqual([
      { day: '2022-04-19', buckets: [] },
      '2022-04-18',
      true,
    ]);
  });

  test('has its axes from the opening hours, widened by what happened outside them', () => {
    const plan = planCurve(withCurves([{ day: '2022-04-19', buckets: [at(395, 3), at(1320, 1)] }]), fair);
    expect([plan.from, plan.until]).toEqual([360, 1380]);
  });

  test.each([
    [0, [0, 1]],
    [1, [0, 1]],
    [4, [0, 1, 2, 3, 4]],
    [7, [0, 2, 4, 6, 8]],
    [310, [0, 100, 200, 300, 400]],
    [46_937, [0, 20_000, 40_000, 60_000]],
  ])('ends at a round number above %d', (visits, ticks) => {
    expect(planCurve(withCurves([{ day: '2022-04-19', buckets: [at(480, visits)] }]), fair).ticks).toEqual(ticks);
  });
});

describe('a fact in a few words', () => {
  test('says what was decided, in the reader’s language', () => {
    const [first] = facts;
    expect(first === undefined ? '' : describeFact(first, 'vi')).toBe(
      'số người: 4, đối tượng: Gia đình, cách ghi nhận: Quét thẻ tham dự, kết quả: được vào, cổng: A1',
    );
  });

  test('counts lists, writes money as money and leaves ids out', () => {
    const [first] = facts;
    const data = { sale: 'x', lines: [{}, {}], revenue: -90_000, day: '2022-04-19', copies: { no: 'number' } };
    expect(first === undefined ? '' : describeFact({ ...first, data }, 'en')).toBe(
      'revenue: −90,000\u00a0₫, lines: 2, day: 19/04/2022',
    );
  });
});

describe('the public total', () => {
  test('is read from everybody’s document and from the full one alike', () => {
    expect(totalIn(publicOf(figures))).toEqual(totalIn(figures));
    expect(totalIn(figures)).toEqual({
      position: 18_204,
      asOf: figures.asOf,
      status: 'provisional',
      visits: { value: 5962 },
    });
  });

  test.each([
    [null],
    ['text'],
    [{}],
    [{ ...figures, figures: [] }],
    [{ ...figures, status: 'other' }],
    [{ ...publicOf(figures), visits: { value: '5' } }],
  ])('is not made up from %j', (document) => {
    expect(totalIn(document)).toBeUndefined();
  });
});
