const minuteMs = 60_000;

/** The fair's days: the Day of Books and Reading Culture 2022, a Thursday, and the two after it. */
export const fairDays = ['2022-04-21', '2022-04-22', '2022-04-23'] as const;
export type FairDay = (typeof fairDays)[number];

/** Local opening and closing time of every day. */
export const opens = '07:00';
export const closes = '21:00';

/** Milliseconds since 1970 of a local time `HH:mm` on a local day (UTC+7, no daylight saving). */
export const momentAt = (day: string, time: string): number => Date.parse(`${day}T${time}:00+07:00`);

/** When the demo's clock starts: the fair's first morning, before anybody is there. */
export const morning = momentAt(fairDays[0], '05:30');

/** When all is said and stated. */
export const evening = momentAt(fairDays[2], '22:00');

export const seconds = (count: number): number => count * 1000;
export const minutes = (count: number): number => count * minuteMs;

/** `HH:mm` of the half hour a moment lies in, local time: a school's time slot. */
export function slotOf(moment: number): string {
  const local = new Date(moment + 7 * 60 * minuteMs);
  const half = local.getUTCMinutes() < 30 ? '00' : '30';
  return `${String(local.getUTCHours()).padStart(2, '0')}:${half}`;
}

/** Sorts by the moment something really happened. */
export const byMoment = (a: { readonly at: number }, b: { readonly at: number }): number => a.at - b.at;

/** The local day of a moment. */
export const dayOf = (moment: number): string => new Date(moment + 7 * 60 * minuteMs).toISOString().slice(0, 10);
