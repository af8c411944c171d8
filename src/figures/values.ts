import type { FigureKey } from '../contract/figures.ts';
import { wholeFair } from '../../projections/attendance/tables.ts';
import type { Collected } from './collect.ts';

/** The exact value of every figure of the metric dictionary; null where nobody collects its facts yet. */
export type Values = Readonly<Record<FigureKey, number | null>>;

export function valuesOf(collected: Collected): Values {
  return {
    ...attendanceValues(collected),
    ...organisationValues(collected),
    ...bookValues(collected),
    ...notCollected,
  };
}

/** Persons in all: counted ones for visits, excluded ones apart, both for entries. */
function attendanceValues({ persons, tally, inside, groups }: Collected) {
  const totals = persons.filter(({ by }) => by === null);
  const visitsOf = (counted: boolean) =>
    sum(
      totals.filter((row) => row.counted === counted),
      ({ visits }) => visits,
    );
  const fairInside = inside.filter(({ site }) => site === wholeFair);
  return {
    visits: visitsOf(true),
    entries: sum(totals, ({ entries }) => entries),
    'unique-visitors': tally.unique_visitors,
    'inside-now': sum(fairInside, ({ now }) => now),
    'peak-inside': Math.max(0, ...fairInside.map(({ peak }) => peak)),
    excluded: visitsOf(false),
    ...groups,
  };
}

const organisationValues = ({ organisations, booths }: Collected) => ({
  'organisations-registered': sum(organisations, ({ registered }) => registered),
  'organisations-present': sum(organisations, ({ present }) => present),
  booths,
});

function bookValues({ catalogues, stock, takings }: Collected) {
  const sold = exact(takings.copies + takings.declaredCopies);
  const donated = exact(takings.donated + takings.declaredDonated);
  return {
    titles: catalogues.titles,
    'catalogue-lines': catalogues.lines,
    'copies-declared': catalogues.copies,
    'copies-displayed': stock.displayed,
    'copies-sold': sold,
    'copies-donated': donated,
    'copies-left': exact(stock.displayed + stock.added - sold - donated - stock.withdrawn),
    revenue: exact(takings.revenue + takings.declaredRevenue),
    'revenue-recorded': takings.revenue,
    'revenue-declared': takings.declaredRevenue,
  };
}

/** Stops where the sums that it is made of do. */
const exact = (sum: number): number => Math.max(Number.MIN_SAFE_INTEGER, Math.min(sum, Number.MAX_SAFE_INTEGER));

/** Their facts come with activities and mobile libraries. */
const notCollected = { 'activities-planned': null, 'activities-held': null, readers: null, circulation: null };

const sum = <Item>(items: readonly Item[], amount: (item: Item) => number): number =>
  items.reduce((total, item) => total + amount(item), 0);
