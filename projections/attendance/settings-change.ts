import type { FairSettings } from '../../events/fair.ts';

/** What of a fair's settings decides how facts are counted, in a form that can be compared. */
export type CountedBy = {
  readonly everyDay: string;
  /** In the order of their days; `period` also tells apart equal rules that begin on different days. */
  readonly periods: readonly { readonly from: string; readonly period: string }[];
};

const beforeAllDays = '0001-01-01';

export function countedBy({ closes, days, gates, visitRules }: FairSettings): CountedBy {
  const exits = gates.map(({ code, exits }) => `${code} ${exits}`).sort();
  const dated = [...visitRules].sort((a, b) => (a.from < b.from ? -1 : 1));
  return {
    everyDay: [closes, ...days, ...exits].join(),
    // The first rule holds before its own day too, so it does not matter since when.
    periods: dated.map(({ from, rule }, index) => ({
      from: index === 0 ? beforeAllDays : from,
      period: JSON.stringify([index === 0 ? '' : from, rule]),
    })),
  };
}

/**
 * The first local day, `yyyy-mm-dd`, whose facts count otherwise under new settings; undefined when none do.
 * A rule that only ends earlier or later changes its own last days too: each sees only the admissions of its own days.
 */
export function changedFrom(before: CountedBy | undefined, after: CountedBy): string | undefined {
  if (!before || before.everyDay !== after.everyDay) return beforeAllDays;
  const days = [...before.periods, ...after.periods].map(({ from }) => from).sort();
  return days.find((day) => periodOn(before, day) !== periodOn(after, day));
}

const periodOn = ({ periods }: CountedBy, day: string): string | undefined =>
  periods.findLast(({ from }) => from <= day)?.period;
