/**
 * Asia/Ho_Chi_Minh: UTC+7 all year, without daylight saving since 1975, so local time is arithmetic.
 * Moments are milliseconds since 1970 (UTC), days `yyyy-mm-dd`, times of day `HH:mm`.
 */
const offsetMs = 7 * 3_600_000;
const minuteMs = 60_000;
const dayMs = 86_400_000;

export const minutesPerDay = 1440;

/** The local calendar day on which a moment lies. */
export function localDay(moment: number): string {
  const number = dayNumber(moment);
  const known = dayNames.get(number);
  if (known !== undefined) return known;
  const name = new Date(number * dayMs).toISOString().slice(0, 10);
  if (dayNames.size < daysKept) dayNames.set(number, name);
  return name;
}

/** Whole minutes since local midnight, 0–1439. */
export const minuteOfDay = (moment: number): number =>
  Math.floor((moment + offsetMs - dayNumber(moment) * dayMs) / minuteMs);

/** The moment at which a local day begins. */
export function startOfDay(day: string): number {
  const known = dayStarts.get(day);
  if (known !== undefined) return known;
  const start = Date.parse(`${day}T00:00:00Z`) - offsetMs;
  if (dayStarts.size < daysKept) dayStarts.set(day, start);
  return start;
}

/** The moment of a time of day on a local day. */
export const momentOf = (day: string, time: string): number => startOfDay(day) + minuteOfTime(time) * minuteMs;

/** `HH:mm` as minutes since midnight. */
export const minuteOfTime = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

const dayNumber = (moment: number): number => Math.floor((moment + offsetMs) / dayMs);

/** Making a day's name, or reading it, costs ten times a look-up; a log of a million facts has a few dozen days. */
const dayNames = new Map<number, string>();
const dayStarts = new Map<string, number>();
const daysKept = 10_000;
