import { fairDays, momentAt } from './calendar.ts';

/** When a phone had no network; it delivers at the end what it wrote down meanwhile. */
export type Outage = { readonly from: number; readonly to: number };

type When = readonly [day: 0 | 1 | 2, time: string];

export const outage = ([firstDay, from]: When, [lastDay, to]: When): Outage => ({
  from: momentAt(fairDays[firstDay], from),
  to: momentAt(fairDays[lastDay], to),
});

/** The outage that a moment lies in. */
export const outageAt = (outages: readonly Outage[], moment: number): Outage | undefined =>
  outages.find(({ from, to }) => from <= moment && moment < to);
