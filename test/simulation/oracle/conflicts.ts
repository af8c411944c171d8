import type { FairEvent } from '../../../events/catalogue.ts';
import type { FairSettings } from '../../../events/fair.ts';
import { ofType } from '../../recount/facts.ts';
import { type Scan, scansThatCount } from '../../recount/gates.ts';
import { latestSettings } from '../../recount/recount.ts';
import { goneBy } from './expected-scan.ts';

/**
 * The admissions that contradict the others, by the ids of their scans: decided over all that happened earlier they
 * would have been refused, or they follow one of the same pass at another gate within 10 minutes without an exit.
 * @param facts that count, in log order
 */
export function conflictsAmong(facts: readonly FairEvent[]): string[] {
  const scans = scansThatCount(facts).filter(({ data }) => data.pass !== null);
  const settings = latestSettings(facts);
  return scans
    .filter((scan) => scan.type === 'VisitorCheckedIn')
    .filter((scan) => {
      const earlier = scans.filter((other) => other.data.pass === scan.data.pass && isEarlier(other, scan));
      return wouldBeRefused(scan, earlier, { facts, settings }) || isAtTwoGates(scan, earlier);
    })
    .map(({ data }) => data.scan)
    .sort();
}

const isEarlier = (a: Scan, b: Scan): boolean =>
  a.occurredAt < b.occurredAt || (a.occurredAt === b.occurredAt && a.data.scan < b.data.scan);

type Fair = { readonly facts: readonly FairEvent[]; readonly settings: FairSettings };

function wouldBeRefused(scan: Scan, earlier: readonly Scan[], { facts, settings }: Fair): boolean {
  const { pass, gate, scan: id } = scan.data;
  const at = scan.occurredAt;
  const isRevoked = ofType(facts, 'PassRevoked').some(
    ({ data, occurredAt }) => data.pass === pass && (occurredAt < at || (occurredAt === at && data.revocation < id)),
  );
  const issue = ofType(facts, 'PassIssued').find(({ data }) => data.pass === pass)?.data;
  const isOutOfTime = at < (issue?.validFrom ?? -Infinity) || at > (issue?.validUntil ?? Infinity);
  const last = earlier.toSorted((a, b) => (isEarlier(a, b) ? -1 : 1)).at(-1);
  const isScanned = settings.gates.some(({ code, exits }) => code === gate && exits === 'scanned');
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
