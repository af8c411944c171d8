import type { EventOf, FairEvent } from '../../events/catalogue.ts';
import type { FairSettings } from '../../events/fair.ts';
import { dayOf, ofType, timeOf, total, unvoided } from './facts.ts';
import { recountGroups } from './groups.ts';
import { visitsOfPass } from './visits.ts';

export type Scan = EventOf<'VisitorCheckedIn'> | EventOf<'VisitorCheckedOut'>;

const workers = ['staff', 'exhibitor', 'press', 'contractor'];
const isCounted = (category: string): boolean => !workers.includes(category);

/** Somebody who came in (or, below 0, went out) at a moment. */
type Move = {
  readonly at: number;
  readonly site: string;
  readonly persons: number;
  readonly visits: number;
  readonly category: string;
};

export function recountGates(facts: readonly FairEvent[], settings: FairSettings): Record<string, number> {
  const scans = scansThatCount(facts);
  const arrivals = unvoided(facts, ofType(facts, 'GroupArrived'), ({ data }) => ({
    kind: 'arrival',
    id: data.arrival,
  }));
  const moves = [...movesOfScans(scans, settings), ...movesOfCounts(facts), ...arrivals.map(moveOfArrival)];
  const corrections = ofType(facts, 'CorrectionRecorded');
  const visitsOf = (counts: (category: string) => boolean) =>
    total(
      moves.filter(({ category }) => counts(category)),
      ({ visits }) => visits,
    ) +
    total(
      corrections.filter(({ data }) => counts(data.category)),
      ({ data }) => data.persons,
    );
  const bearers = scans.flatMap(({ type, data }) =>
    type === 'VisitorCheckedIn' && data.pass !== null && isCounted(data.category) ? [data.pass] : [],
  );
  return {
    visits: visitsOf(isCounted),
    excluded: visitsOf((category) => !isCounted(category)),
    entries: total(moves, ({ persons }) => Math.max(0, persons)),
    'unique-visitors': new Set(bearers).size,
    'peak-inside': peakInside(moves, settings),
    ...recountGroups(facts, arrivals),
  };
}

/** Neither voided, nor unverified and never accepted, nor read twice, nor refused. */
export const scansThatCount = (facts: readonly FairEvent[]): Scan[] =>
  withoutRepeatReads(standingScans(facts)).filter((event): event is Scan => event.type !== 'ScanRefused');

/** Scans, refused ones too, that are neither voided, nor unverified and never accepted. */
export function standingScans(facts: readonly FairEvent[]): (Scan | EventOf<'ScanRefused'>)[] {
  const accepted = new Set(ofType(facts, 'ScanAccepted').map(({ data }) => data.scan));
  return scansNotVoided(facts).filter(
    ({ type, data }) => type === 'ScanRefused' || data.trust === 'verified' || accepted.has(data.scan),
  );
}

export function scansNotVoided(facts: readonly FairEvent[]): (Scan | EventOf<'ScanRefused'>)[] {
  const scans = [...ofType(facts, 'VisitorCheckedIn'), ...ofType(facts, 'VisitorCheckedOut')];
  return unvoided(facts, [...scans, ...ofType(facts, 'ScanRefused')], ({ data }) => ({ kind: 'scan', id: data.scan }));
}

/**
 * A camera reads twice: within 30 seconds of the last read that was kept, of one pass at one gate in one direction.
 * Who is let in after a refusal was really let in, so nothing is a repeat of a refusal.
 */
export function withoutRepeatReads(
  reads: readonly (Scan | EventOf<'ScanRefused'>)[],
): (Scan | EventOf<'ScanRefused'>)[] {
  const lastKept = new Map<string, number>();
  return [...reads]
    .sort((a, b) => a.occurredAt - b.occurredAt || (a.data.scan < b.data.scan ? -1 : 1))
    .filter((read) => {
      if (read.data.pass === null) return true;
      const isRefused = read.type === 'ScanRefused';
      const direction = isRefused ? read.data.direction : read.type === 'VisitorCheckedIn' ? 'in' : 'out';
      const place = `${read.data.pass} ${read.data.gate} ${direction}`;
      const last = lastKept.get(place);
      if (last !== undefined && read.occurredAt - last < 30_000) return false;
      if (!isRefused) lastKept.set(place, read.occurredAt);
      return true;
    });
}

/** A device may tell of more than the pass is for. */
export const personsOf = ({ data }: Scan): number => Math.min(data.persons, data.partySize);

function movesOfScans(scans: readonly Scan[], settings: FairSettings): Move[] {
  const visits = new Map<string, number>();
  const entering = scans.filter((scan): scan is EventOf<'VisitorCheckedIn'> => scan.type === 'VisitorCheckedIn');
  const byPassAndSite = Map.groupBy(entering, ({ data }) => `${data.pass ?? data.scan} ${data.site}`);
  for (const admissions of byPassAndSite.values())
    for (const [scan, persons] of visitsOfPass(admissions, settings.visitRules)) visits.set(scan, persons);
  return scans.map((scan) => ({
    at: scan.occurredAt,
    site: scan.data.site,
    persons: scan.type === 'VisitorCheckedIn' ? personsOf(scan) : -personsOf(scan),
    visits: visits.get(scan.data.scan) ?? 0,
    category: scan.data.category,
  }));
}

const movesOfCounts = (facts: readonly FairEvent[]): Move[] =>
  unvoided(facts, ofType(facts, 'WalkInsCounted'), ({ data }) => ({ kind: 'walk-in', id: data.count })).map(
    ({ occurredAt, data }) => ({
      at: occurredAt,
      site: data.site,
      persons: data.direction === 'in' ? data.persons : -data.persons,
      visits: data.direction === 'in' ? data.persons : 0,
      category: data.category,
    }),
  );

const moveOfArrival = ({ occurredAt, data }: EventOf<'GroupArrived'>): Move => ({
  at: occurredAt,
  site: data.site,
  persons: data.persons,
  visits: data.persons,
  category: 'pupil',
});

/** The most persons inside all sites at the end of any minute before closing; a day begins with nobody inside. */
function peakInside(moves: readonly Move[], { closes }: FairSettings): number {
  const byMinute = Map.groupBy(moves, ({ at }) => Math.floor(at / 60_000));
  let [day, peak] = ['', 0];
  const inside = new Map<string, number>();
  for (const [minute, moved] of [...byMinute].sort(([a], [b]) => a - b)) {
    const at = minute * 60_000;
    if (dayOf(at) !== day) inside.clear();
    day = dayOf(at);
    for (const [site, there] of Map.groupBy(moved, ({ site }) => site))
      inside.set(site, Math.max(0, (inside.get(site) ?? 0) + total(there, ({ persons }) => persons)));
    if (timeOf(at) < closes)
      peak = Math.max(
        peak,
        total([...inside.values()], (persons) => persons),
      );
  }
  return peak;
}
