import type { DataOf, EventOf, FairEvent } from '../../events/catalogue.ts';
import { localDay } from '../../src/domain/local-time.ts';
import type { GateFact, Mark } from './tables.ts';

/** Recorded later than this after it happened, a fact is late: the phone was offline, or somebody wrote it down first. */
const lateMs = 5 * 60_000;

/** A fact at the gates as it is before it is judged; undefined for other events. */
export function gateFactOf(event: FairEvent): GateFact | undefined {
  switch (event.type) {
    case 'VisitorCheckedIn':
    case 'VisitorCheckedOut':
    case 'ScanRefused':
      return scanOf(event);
    case 'WalkInsCounted': {
      const { count, site, gate, direction, category, persons } = event.data;
      const own = { kind: 'walk-in', id: count, bearer: count, bearer_kind: 'itself', source: 'walk-in' } as const;
      return { ...unjudged(event), ...own, site, gate, direction, category, persons, party_size: persons };
    }
    case 'GroupArrived': {
      const { group, arrival, site, gate, persons } = event.data;
      const own = { kind: 'arrival', id: arrival, bearer: group, bearer_kind: 'group', source: 'group' } as const;
      return { ...unjudged(event), ...own, site, gate, category: 'pupil', persons, party_size: persons };
    }
    case 'CorrectionRecorded': {
      const { correction, site, gate, day, category, persons } = event.data;
      // Written down afterwards by its nature, a correction is never late.
      const own = {
        kind: 'correction',
        id: correction,
        bearer: correction,
        source: 'correction',
        is_late: false,
      } as const;
      return { ...unjudged(event), ...own, site, gate, day, category, persons, party_size: persons };
    }
    default:
      return undefined;
  }
}

/** An undo of a fact at the gates, or the acceptance of a scan; undefined for other events. */
export function gateMarkOf(event: FairEvent): Mark | undefined {
  const { fair, actor } = event.meta;
  const author = { fair, author_role: actor.role, author_id: actor.id, occurred_at: event.occurredAt };
  if (event.type === 'ScanAccepted') {
    const { scan: target, acceptance: id } = event.data;
    return { ...author, kind: 'scan', target, id, effect: 'acceptance', bearer: null };
  }
  if (event.type !== 'FactVoided') return undefined;
  const { kind, target, void: id } = event.data;
  return kind === 'scan' || kind === 'walk-in' || kind === 'arrival'
    ? { ...author, kind, target, id, effect: 'void', bearer: bearerOfVoid(event.data) }
    : undefined;
}

/** What an undo of this fact calls its bearer. */
export const bearerName = ({ bearer_kind, bearer }: Pick<GateFact, 'bearer_kind' | 'bearer'>): string =>
  bearer_kind === 'itself' ? bearer_kind : `${bearer_kind} ${bearer}`;

function bearerOfVoid({ kind, pass, group }: DataOf<'FactVoided'>): string | null {
  if (kind === 'arrival') return group === undefined ? null : bearerName({ bearer_kind: 'group', bearer: group });
  if (kind !== 'scan' || pass === undefined) return null;
  return pass === null ? 'itself' : bearerName({ bearer_kind: 'pass', bearer: pass });
}

/** A fact as the domain sees it. */
export const occurrenceOf = (fact: GateFact) => ({ fact, id: fact.id, occurredAt: fact.occurred_at, gate: fact.gate });

/** A scan without a pass (a code nobody could resolve) stands by itself. */
function scanOf(event: EventOf<'VisitorCheckedIn' | 'VisitorCheckedOut' | 'ScanRefused'>): GateFact {
  const { scan, pass, site, gate } = event.data;
  const bearer =
    pass === null ? { bearer: scan, bearer_kind: 'itself' as const } : { bearer: pass, bearer_kind: 'pass' as const };
  const own = { ...unjudged(event), kind: 'scan' as const, id: scan, ...bearer, site, gate };
  if (event.type === 'ScanRefused')
    return { ...own, direction: event.data.direction, outcome: 'refused', standing: 'refused' };
  const { category, source, trust, partySize } = event.data;
  const direction = event.type === 'VisitorCheckedIn' ? 'in' : 'out';
  // A device may tell of more than the pass is for; they are in the fact, not in the figures.
  const persons = Math.min(event.data.persons, partySize);
  return { ...own, direction, category, source, trust, persons, party_size: partySize };
}

/** What all facts have in common; a refusal has neither category nor persons, and counts in no figure. */
const unjudged = ({ meta, position, occurredAt, recordedAt }: FairEvent) => ({
  fair: meta.fair,
  position,
  bearer_kind: 'itself' as const,
  outcome: 'passed' as const,
  direction: 'in' as const,
  category: 'individual' as const,
  source: 'pass' as const,
  trust: 'verified' as const,
  day: localDay(occurredAt),
  occurred_at: occurredAt,
  recorded_at: recordedAt,
  persons: 0,
  party_size: 0,
  author_role: meta.actor.role,
  author_id: meta.actor.id,
  standing: 'kept' as const,
  visits: 0,
  is_first: false,
  is_conflict: false,
  is_outside_days: false,
  is_late: recordedAt - occurredAt > lateMs,
});
