import type { Scan } from '../plan/facts.ts';
import type { Plan } from '../plan/plan.ts';
import type { Acknowledged } from './acknowledged.ts';

/** A scan that was answered, with the pass that it is of; undefined where it is of none. */
export type Passage = {
  readonly id: string;
  readonly at: number;
  readonly scan: Scan;
  readonly outcome: string;
  readonly pass: number | undefined;
};

export type Bearer = { readonly category: string; readonly partySize: number };

/** What scans mean, by the metric dictionary (domain, §2 and §3). */
export type Passages = {
  readonly kept: readonly Passage[];
  readonly repeats: readonly Passage[];
  readonly unverified: readonly Passage[];
};

const repeatMs = 30_000;

/** Leaves out what was undone, then what nobody vouches for, then what the camera read again within half a minute. */
export function passagesOf(scans: readonly Passage[], isVoided: (id: string) => boolean): Passages {
  const standing = scans.filter(({ id }) => !isVoided(id)).sort(byOccurrence);
  const unverified = standing.filter(({ pass, outcome }) => pass === undefined && isPassed(outcome));
  const lanes = new Map<string, number>();
  const repeats = standing.filter(({ pass, at, outcome, scan: { gate, direction } }) => {
    if (pass === undefined) return false;
    const lane = `${pass} ${gate} ${direction}`;
    const last = lanes.get(lane);
    const isRepeat = last !== undefined && at - last < repeatMs;
    if (!isRepeat && isPassed(outcome)) lanes.set(lane, at);
    return isRepeat;
  });
  const left = new Set([...unverified, ...repeats]);
  const kept = standing.filter((passage) => isPassed(passage.outcome) && !left.has(passage));
  return { kept, repeats, unverified };
}

/** The admissions that are visits, by the rule `per-day`, each with its persons: the most on that pass and day. */
export function visitsOf(kept: readonly Passage[], bearerOf: (pass: number) => Bearer): Map<Passage, number> {
  const byPassAndDay = Map.groupBy(
    kept.filter(({ scan }) => scan.direction === 'in'),
    ({ pass, at }) => `${pass} ${localDay(at)}`,
  );
  return new Map(
    [...byPassAndDay.values()].flatMap((admissions) => {
      const [first] = admissions;
      if (first?.pass === undefined) return [];
      const { partySize } = bearerOf(first.pass);
      return [[first, Math.max(...admissions.map(({ scan }) => Math.min(scan.persons, partySize)))] as const];
    }),
  );
}

export const passageOf = ({ fact, at, outcome }: Acknowledged): Passage[] => {
  if (fact.kind !== 'scan') return [];
  const { showing } = fact;
  const pass = showing.kind === 'code' || showing.kind === 'typed' ? showing.pass : undefined;
  return [{ id: fact.id, at, scan: fact, outcome, pass }];
};

export const bearersOf =
  ({ passes }: Pick<Plan, 'passes'>) =>
  (pass: number): Bearer =>
    passes[pass] ?? { category: 'individual', partySize: 1 };

const isPassed = (outcome: string): boolean => !outcome.startsWith('refused');

/** `yyyy-mm-dd` in Asia/Ho_Chi_Minh. @param ms since 1970 */
export const localDay = (ms: number): string => new Date(ms + 7 * 3_600_000).toISOString().slice(0, 10);

const byOccurrence = (a: Passage, b: Passage): number => a.at - b.at || (a.id < b.id ? -1 : 1);
