import type { Language } from './language.ts';

/*
 * Numbers, money and dates as in the domain's conventions, by arithmetic alone:
 * the server, any browser and any version of ICU must print the same characters.
 */

const MINUS = '\u2212';
const NO_BREAK_SPACE = '\u00a0';
const RANGE = '\u2013';

const separators = { vi: { group: '.', decimal: ',' }, en: { group: ',', decimal: '.' } } as const;

/** A whole number: `1.500.000` (en `1,500,000`), below zero `−1.500`. */
export const formatNumber = (value: number, language: Language): string => {
  const digits = String(Math.abs(Math.round(value))).replace(/\B(?=(\d{3})+$)/g, separators[language].group);
  return `${sign(Math.round(value))}${digits}`;
};

/** Whole đồng: `12.345.678 ₫`, never broken before the sign. */
export const formatMoney = (dong: number, language: Language): string =>
  `${formatNumber(dong, language)}${NO_BREAK_SPACE}₫`;

/** A share of one as per cent, at most two decimals: 0.0667 → `6,67%`, 0.018 → `1,8%`, 0.5 → `50%`. */
export const formatPercent = (ratio: number, language: Language): string => {
  const hundredths = Math.round(ratio * 10_000);
  const whole = formatNumber(Math.trunc(Math.abs(hundredths) / 100), language);
  const rest = String(Math.abs(hundredths) % 100)
    .padStart(2, '0')
    .replace(/0+$/, '');
  return `${sign(hundredths)}${whole}${rest === '' ? '' : `${separators[language].decimal}${rest}`}%`;
};

/** A local day `2022-04-18` → `18/04/2022`. */
export const formatDay = (localDay: string): string =>
  `${localDay.slice(8)}/${localDay.slice(5, 7)}/${localDay.slice(0, 4)}`;

/** Days in order: `18–20/04/2022`, `30/04–02/05/2022`, or each one where there are gaps: `18/04, 20/04/2022`. */
export const formatDays = (localDays: readonly string[]): string => {
  const [first, last] = [localDays[0], localDays.at(-1)];
  if (first === undefined || last === undefined) return '';
  if (first === last) return formatDay(first);
  if (!isRun(localDays))
    return [...localDays.slice(0, -1).map((day) => shortDay(day, last)), formatDay(last)].join(', ');
  const from = first.slice(0, 7) === last.slice(0, 7) ? first.slice(8) : shortDay(first, last);
  return `${from}${RANGE}${formatDay(last)}`;
};

/** Day of the week of a local day, 0 for Monday to 6 for Sunday. */
export const weekdayOf = (localDay: string): number => (new Date(`${localDay}T00:00:00Z`).getUTCDay() + 6) % 7;

/** A moment (RFC 3339) as the clock on a wall in Việt Nam shows it: `09:41:07`. */
export const formatClock = (moment: string): string => local(moment).slice(11, 19);

/** A moment (RFC 3339) in Asia/Ho_Chi_Minh: `09:41:07, 18/04/2022`. */
export const formatMoment = (moment: string): string => `${formatClock(moment)}, ${formatDay(localDayOf(moment))}`;

/** The local day of a moment (RFC 3339), `2022-04-18`. */
export const localDayOf = (moment: string): string => local(moment).slice(0, 10);

/** A moment (RFC 3339) as a field for days and times has it, in Asia/Ho_Chi_Minh: `2022-04-18T09:41`. */
export const fieldOf = (moment: string): string => local(moment).slice(0, 16);

/** Minutes since local midnight → `07:30`. */
export const formatMinute = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

const sign = (value: number): string => (value < 0 ? MINUS : '');

const shortDay = (day: string, last: string): string =>
  day.slice(0, 4) === last.slice(0, 4) ? formatDay(day).slice(0, 5) : formatDay(day);

const DAY_MS = 86_400_000;

const isRun = (days: readonly string[]): boolean =>
  days.every((day, at) => at === 0 || Date.parse(day) - Date.parse(days[at - 1] ?? '') === DAY_MS);

/** Việt Nam has kept UTC+7 without daylight saving since 1975. */
const LOCAL_OFFSET_MS = 7 * 3_600_000;

const local = (moment: string): string => new Date(Date.parse(moment) + LOCAL_OFFSET_MS).toISOString();
