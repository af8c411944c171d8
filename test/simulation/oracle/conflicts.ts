import type { FairEvent } from '../../../events/catalogue.ts';
import { countedCategories } from '../../../events/fields.ts';
import { ofType } from '../../recount/facts.ts';
import { type Scan, scansThatCount } from '../../recount/gates.ts';
import { visitsOfPass } from '../../recount/visits.ts';
import { goneBy } from './expected-scan.ts';
import { fairAfter, type FairThen } from './fair-then.ts';

/** An admission that contradicts others, by its scan, and what there would not be without it. */
export type Conflict = {
  readonly scan: string;
  readonly effect: { readonly visits: number; readonly uniqueVisitors: number };
};

/**
 * The admissions that contradict the others: decided over all that happened earlier they would have been refused, or
 * they follow one of the same pass at another gate within 10 minutes without an exit.
 * @param facts that count, in log order
 */
export function conflictsAmong(facts: readonly FairEvent[]): Conflict[] {
  const scans = scansThatCount(facts).filter(({ data }) => data.pass !== null);
  const fair = { ...fairAfter(facts), facts };
  return scans
    .filter((scan) => scan.type === 'VisitorCheckedIn')
    .filter((scan) => {
      const earlier = scans.filter((other) => other.data.pass === scan.data.pass && isEarlier(other, scan));
      return wouldBeRefused(scan, earlier, fair) || isAtTwoGates(scan, earlier);
    })
    .map((scan) => ({ scan: scan.data.scan, effect: effectOf(scan, scans, fair) }))
    .sort((a, b) => (a.scan < b.scan ? -1 : 1));
}

/** Visits and visitors with the pass's admissions as they are, less those without this one. */
function effectOf(scan: Scan, scans: readonly Scan[], { settings }: FairThen): Conflict['effect'] {
  const own = scans
    .filter((other) => other.type === 'VisitorCheckedIn')
    .filter(({ data }) => data.pass === scan.data.pass);
  const others = own.filter((other) => other !== scan);
  if (!countedCategories.some((category) => category === scan.data.category)) return { visits: 0, uniqueVisitors: 0 };
  const visitsOf = (admissions: typeof own) =>
    [...Map.groupBy(admissions, ({ data }) => data.site).values()]
      .flatMap((there) => visitsOfPass(there, settings.visitRules))
      .reduce((sum, [, persons]) => sum + persons, 0);
  return { visits: visitsOf(own) - visitsOf(others), uniqueVisitors: others.length === 0 ? 1 : 0 };
}

const isEarlier = (a: Scan, b: Scan): boolean =>
  a.occurredAt < b.occurredAt || (a.occurredAt === b.occurredAt && a.data.scan < b.data.scan);

type Fair = FairThen & { readonly facts: readonly FairEvent[] };

function wouldBeRefused(scan: Scan, earlier: readonly Scan[], { facts, settings, gates }: Fair): boolean {
  const { pass, gate, scan: id } = scan.data;
  const at = scan.occurredAt;
  const isRevoked = ofType(facts, 'PassRevoked').some(
    ({ data, occurredAt }) => data.pass === pass && (occurredAt < at || (occurredAt === at && data.revocation < id)),
  );
  const issue = ofType(facts, 'PassIssued').find(({ data }) => data.pass === pass)?.data;
  const isOutOfTime = at < (issue?.validFrom ?? -Infinity) || at > (issue?.validUntil ?? Infinity);
  const last = earlier.toSorted((a, b) => (isEarlier(a, b) ? -1 : 1)).at(-1);
  const isScanned = gates.get(gate)?.exits === 'scanned';
  const isInside = last?.type === 'VisitorCheckedIn' && goneBy(last.occurredAt, settings) > at;
  return isRevoked || isOutOfTime || (isScanned && isInside);
}

const isAtTwoGates = (scan: Scan, earlier: readonly Scan[]): boolean =>
  earlier.some(
    (other) =>
      other.type === 'VisitorCheckedIn' &&
      other.data.gate !== scan.data.gate &&
      scan.occurredAt - other.occurredAt <= 10 * 60_000 &&
      !earlier.some((exit) => exit.type === 'VisitorCheckedOut' && isEarlier(other, exit)),
  );
