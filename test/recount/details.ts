import type { FairEvent } from '../../events/catalogue.ts';
import type { FiguresDocument } from '../../src/contract/figures.ts';
import { recountBestSellers } from './best-sellers.ts';
import { recountConflicts } from './conflicts.ts';
import { dayOf, ofType, total } from './facts.ts';
import { scansNotVoided, scansThatCount, standingScans, withoutRepeatReads } from './gates.ts';
import { insideAt } from './inside.ts';
import { type Passage, passagesOf } from './passages.ts';
import { factsThatCount, latestSettings } from './recount.ts';
import { visitsOfPass } from './visits.ts';

/** What a figures document says besides its totals, in a form that two ways of counting can be compared by. */
export type Details = {
  /** By `<figure> by <dimension>`, then by key; rows of 0 are left out. */
  readonly breakdowns: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** Visits and entries by `<day> <minute>`. */
  readonly curves: Readonly<Record<string, string>>;
  readonly today: number;
  readonly inside: Readonly<Record<string, number>>;
  readonly bestSellers: readonly number[];
  readonly attention: Omit<FiguresDocument['attention'], 'afterClosing' | 'parked'>;
};

/** @param now ms since 1970, while the figures are open */
export function recountDetails(log: readonly FairEvent[], now: number): Details {
  const facts = factsThatCount(log);
  const settings = latestSettings(facts);
  const passages = passagesOf(facts);
  const visits = visitsAmong(facts, passages);
  const counted = visits.filter(({ category }) => isCounted(category));
  const entries = passages.filter(({ direction }) => direction === 'in');
  return {
    breakdowns: {
      ...byEach('visits', counted),
      ...byEach(
        'excluded',
        visits.filter(({ category }) => !isCounted(category)),
      ),
      ...byEach('entries', entries),
    },
    curves: curvesOf(
      counted.filter(({ source }) => source !== 'correction'),
      entries,
    ),
    today: total(
      counted.filter(({ day }) => day === dayOf(now)),
      personsOf,
    ),
    inside: insideAt(passages, settings, now),
    bestSellers: recountBestSellers(facts),
    attention: {
      ...attentionAmong(facts, passages),
      conflicts: recountConflicts(facts, passages, settings),
      outsideDays: [...passages, ...corrected(facts)].filter(({ day }) => !settings.days.includes(day)).length,
    },
  };
}

/** The same of a figures document. */
export const detailsOf = (document: FiguresDocument): Details => ({
  breakdowns: Object.fromEntries(
    document.breakdowns
      .filter(({ by }) => by !== 'kind' && by !== 'province')
      .map(({ figure, by, rows }) => [
        `${figure} by ${by}`,
        Object.fromEntries(rows.map(({ key, value }) => [key, value])),
      ]),
  ),
  curves: Object.fromEntries(
    document.curves.flatMap(({ day, buckets }) =>
      buckets.map(({ minute, visits, entries }) => [`${day} ${minute}`, `${visits} ${entries}`]),
    ),
  ),
  today: document.today.visits,
  inside: Object.fromEntries(document.inside.map(({ site, now }) => [site, now])),
  bestSellers: document.bestSellers.map(({ copies }) => copies),
  attention: {
    conflicts: document.attention.conflicts,
    late: document.attention.late,
    unverified: document.attention.unverified,
    repeatReads: document.attention.repeatReads,
    outsideDays: document.attention.outsideDays,
  },
});

type Visit = Pick<Passage, 'day' | 'minute' | 'site' | 'gate' | 'category' | 'persons'> & { readonly source: string };

const personsOf = ({ persons }: { readonly persons: number }): number => persons;
const isCounted = (category: string): boolean => ['individual', 'pupil', 'family', 'delegate'].includes(category);

function visitsAmong(facts: readonly FairEvent[], passages: readonly Passage[]): Visit[] {
  const rules = latestSettings(facts).visitRules;
  const admissions = scansThatCount(facts).filter((scan) => scan.type === 'VisitorCheckedIn');
  const bearers = Map.groupBy(admissions, ({ data }) => `${data.pass ?? data.scan} ${data.site}`);
  const persons = new Map([...bearers.values()].flatMap((all) => visitsOfPass(all, rules)));
  const corrections = corrected(facts).map((data) => ({ ...data, source: 'correction', minute: 0 }));
  const entering = passages.filter(({ direction }) => direction === 'in');
  const visits = entering.map((passage) =>
    passage.isScan ? { ...passage, persons: persons.get(passage.id) ?? 0 } : passage,
  );
  return [...visits, ...corrections];
}

const corrected = (facts: readonly FairEvent[]) => ofType(facts, 'CorrectionRecorded').map(({ data }) => data);

function attentionAmong(facts: readonly FairEvent[], passages: readonly Passage[]) {
  const standing = standingScans(facts);
  return {
    late: passages.filter(({ lateMs }) => lateMs > 5 * 60_000).length,
    unverified: scansNotVoided(facts).length - standing.length,
    repeatReads: standing.length - withoutRepeatReads(standing).length,
  };
}

function byEach(figure: string, visits: readonly Visit[]): Record<string, Record<string, number>> {
  const dimensions = ['day', 'site', 'gate', 'category', 'source'] as const;
  return Object.fromEntries(dimensions.map((by) => [`${figure} by ${by}`, sumsBy(visits, (visit) => visit[by])]));
}

/** Persons by a key; keys with 0 are left out. */
const sumsBy = (visits: readonly Visit[], key: (visit: Visit) => string): Record<string, number> =>
  Object.fromEntries(
    [...Map.groupBy(visits, key)]
      .map(([name, group]) => [name, total(group, personsOf)] as const)
      .filter(([, sum]) => sum !== 0),
  );

function curvesOf(visits: readonly Visit[], entries: readonly Visit[]): Record<string, string> {
  const bucket = ({ day, minute }: Visit) => `${day} ${minute - (minute % 10)}`;
  const [visited, entered] = [sumsBy(visits, bucket), sumsBy(entries, bucket)];
  const keys = new Set([...Object.keys(visited), ...Object.keys(entered)]);
  return Object.fromEntries([...keys].map((key) => [key, `${visited[key] ?? 0} ${entered[key] ?? 0}`]));
}
