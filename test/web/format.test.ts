import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  formatClock,
  formatDay,
  formatDays,
  formatMinute,
  formatMoment,
  formatMoney,
  formatNumber,
  formatPercent,
  localDayOf,
  weekdayOf,
} from '../../src/web/format.ts';

describe('numbers', () => {
  test.each([
    [0, '0', '0'],
    [999, '999', '999'],
    [1000, '1.000', '1,000'],
    [1_500_000, '1.500.000', '1,500,000'],
    [-1500, '−1.500', '−1,500'],
    [-0.2, '0', '0'],
  ])('%d is written %s in Vietnamese and %s in English', (value, vi, en) => {
    expect([formatNumber(value, 'vi'), formatNumber(value, 'en')]).toEqual([vi, en]);
  });

  test('lose nothing: without its separators a number reads as itself', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (value) => {
        expect(Number(formatNumber(value, 'vi').replaceAll('.', '').replace('−', '-'))).toBe(value);
      }),
    );
  });

  test('money is whole đồng, kept on one line with its sign', () => {
    expect(formatMoney(12_345_678, 'vi')).toBe('12.345.678\u00a0₫');
    expect(formatMoney(-90_000, 'en')).toBe('−90,000\u00a0₫');
  });

  test.each([
    [0.5, '50%', '50%'],
    [1 / 15, '6,67%', '6.67%'],
    [0.0001, '0,01%', '0.01%'],
    [1.026375, '102,64%', '102.64%'],
    [-0.018, '−1,8%', '−1.8%'],
    [0.99996, '100%', '100%'],
    [12.5, '1.250%', '1,250%'],
  ])('the share %d is %s in Vietnamese and %s in English', (ratio, vi, en) => {
    expect([formatPercent(ratio, 'vi'), formatPercent(ratio, 'en')]).toEqual([vi, en]);
  });
});

describe('days and moments', () => {
  test('a local day is dd/MM/yyyy', () => {
    expect(formatDay('2022-04-08')).toBe('08/04/2022');
  });

  test.each([
    [[], ''],
    [['2022-04-18'], '18/04/2022'],
    [['2022-04-18', '2022-04-19', '2022-04-20'], '18–20/04/2022'],
    [['2022-04-30', '2022-05-01'], '30/04–01/05/2022'],
    [['2022-12-31', '2023-01-01'], '31/12/2022–01/01/2023'],
    [['2022-04-18', '2022-04-20'], '18/04, 20/04/2022'],
    [['2022-12-30', '2023-01-02'], '30/12/2022, 02/01/2023'],
  ])('the days %j read %s', (days, text) => {
    expect(formatDays(days)).toBe(text);
  });

  test('weeks start on Monday', () => {
    expect(['2022-04-18', '2022-04-21', '2022-04-24'].map(weekdayOf)).toEqual([0, 3, 6]);
  });

  test('a moment is shown as the clock in Việt Nam shows it, whatever its offset', () => {
    expect(formatMoment('2022-04-18T17:00:00Z')).toBe('00:00:00, 19/04/2022');
    expect(formatClock('2022-04-19T09:31:07.412+07:00')).toBe('09:31:07');
    expect(localDayOf('2022-04-18T16:59:59.999Z')).toBe('2022-04-18');
  });

  test('minutes of a day are HH:mm', () => {
    expect([0, 450, 1439].map(formatMinute)).toEqual(['00:00', '07:30', '23:59']);
  });
});
