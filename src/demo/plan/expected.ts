import type { FigureKey } from '../../contract/figures.ts';
import { counts, type Exhibitor, wasApproved } from './books/exhibitors.ts';
import type { BooksPlan } from './books/plan-books.ts';
import { expectedBooks } from './expected-books.ts';
import { peakInside } from './expected-inside.ts';
import { expectedWarnings } from './expected-warnings.ts';
import { entriesOf, type Entry, isExcluded } from './expected-visits.ts';
import type { GatePlan } from './gate/plan-gate.ts';

/** What the figures must be when everything has arrived; a figure that nobody collects is left out. */
export type Expected = {
  readonly figures: Partial<Record<FigureKey, number>>;
  /** Visits by local day, gate, category and source. */
  readonly visitsBy: { readonly [By in 'day' | 'gate' | 'category' | 'source']: Readonly<Record<string, number>> };
  readonly conflicts: number;
  readonly repeatReads: number;
  /** Plausibility checks that fail. */
  readonly warnings: readonly string[];
};

/** Computed from what the plan means to happen, by none of the code that counts it. */
export function expectedOf(gate: GatePlan, books: BooksPlan): Expected {
  const entries = entriesOf(gate.facts);
  const visits = entries.filter((entry) => entry.counts === 'visit' && !isExcluded(entry));
  const meaning = (means: string) => gate.facts.filter((fact) => fact.means === means).length;
  const figures = { ...expectedAttendance(entries, gate), ...expectedExhibitors(books), ...expectedBooks(books) };
  return {
    figures,
    visitsBy: {
      day: by(visits, 'day'),
      gate: by(visits, 'gate'),
      category: by(visits, 'category'),
      source: by(visits, 'source'),
    },
    conflicts: meaning('conflict'),
    repeatReads: meaning('repeat'),
    warnings: expectedWarnings(figures),
  };
}

function expectedAttendance(entries: readonly Entry[], gate: GatePlan): Expected['figures'] {
  const visits = entries.filter((entry) => entry.counts === 'visit' && !isExcluded(entry));
  const groups = new Map(entries.flatMap(({ group }) => (group ? [[group.id, group.details]] : [])));
  const passes = entries.flatMap((entry) => (entry.pass && !isExcluded(entry) ? [entry.pass.id] : []));
  return {
    visits: persons(visits),
    entries: persons(entries),
    'unique-visitors': new Set(passes).size,
    'inside-now': 0,
    'peak-inside': peakInside(entries, gate.facts),
    excluded: persons(entries.filter((entry) => entry.counts === 'visit' && isExcluded(entry))),
    schools: new Set([...groups.values()].map(({ school }) => school)).size,
    classes: [...groups.values()].reduce((sum, { classes }) => sum + classes, 0),
    pupils: persons(visits.filter(({ source }) => source === 'group')),
  };
}

function expectedExhibitors({ exhibitors }: BooksPlan): Expected['figures'] {
  const present: readonly Exhibitor[] = exhibitors.filter(counts);
  return {
    'organisations-registered': exhibitors.filter(wasApproved).length,
    'organisations-present': present.length,
    booths: present.reduce((sum, { booths }) => sum + booths, 0),
  };
}

const persons = (entries: readonly Entry[]): number => entries.reduce((sum, entry) => sum + entry.persons, 0);

function by(visits: readonly Entry[], key: 'day' | 'gate' | 'category' | 'source'): Record<string, number> {
  const groups = Object.groupBy(visits, (visit) => visit[key]);
  return Object.fromEntries(Object.entries(groups).map(([value, entries]) => [value, persons(entries ?? [])]));
}
