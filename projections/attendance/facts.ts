import type { DataOf, ProjectedOf, ProjectedFact } from '../../events/catalogue.ts';
import { localDay } from '../../src/domain/local-time.ts';
import type { GateFact, Mark } from './tables.ts';

/** Recorded later than this after it happened, a fact is late: the phone was offline, or somebody wrote it down first. */
const lateMs = 5 * 60_000;

/** A fact at the gates; undefined for other events. */
export function gateFactOf(event: ProjectedFact): GateFact | undefined {
  switch (event.type) {
    case 'VisitorCheckedIn':
    case 'VisitorCheckedOut':
      return scanOf(event);
    case 'ScanRefused':
      return refusalOf(event);
    case 'WalkInsCounted':
      return walkInsOf(event);
    case 'GroupArrived':
      return arrivalOf(event);
    case 'CorrectionRecorded':
      return correctionOf(event);
    default:
      return undefined;
  }
}

/** An undo of a fact at the gates, or the acceptance of a scan; undefined for other events. */
export function gateMarkOf(event: ProjectedFact): Mark | undefined {
  const { fair, actor } = event.meta;
  const author = { fair, actor, occurred_at: event.occurredAt };
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

// Each kind of fact is written down whole: put together from parts, an object costs several times as much to make.

function scanOf({ type, data, meta, position, occurredAt, recordedAt }: ProjectedOf<Scanned>): GateFact {
  return {
    fair: meta.fair,
    kind: 'scan',
    id: data.scan,
    ...bearerOf(data),
    position,
    outcome: 'passed',
    direction: type === 'VisitorCheckedIn' ? 'in' : 'out',
    site: data.site,
    gate: data.gate,
    category: data.category,
    source: data.source,
    trust: data.trust,
    day: localDay(occurredAt),
    occurred_at: occurredAt,
    // A device may tell of more than the pass is for; they are in the fact, not in the figures.
    persons: Math.min(data.persons, data.partySize),
    party_size: data.partySize,
    actor: meta.actor,
    is_late: isLate(occurredAt, recordedAt),
  };
}

/** A refusal has neither category nor persons, and counts in no figure. */
function refusalOf({ data, meta, position, occurredAt, recordedAt }: ProjectedOf<'ScanRefused'>): GateFact {
  return {
    fair: meta.fair,
    kind: 'scan',
    id: data.scan,
    ...bearerOf(data),
    position,
    outcome: 'refused',
    direction: data.direction,
    site: data.site,
    gate: data.gate,
    category: 'individual',
    source: 'pass',
    trust: 'verified',
    day: localDay(occurredAt),
    occurred_at: occurredAt,
    persons: 0,
    party_size: 0,
    actor: meta.actor,
    is_late: isLate(occurredAt, recordedAt),
  };
}

function walkInsOf({ data, meta, position, occurredAt, recordedAt }: ProjectedOf<'WalkInsCounted'>): GateFact {
  return {
    fair: meta.fair,
    kind: 'walk-in',
    id: data.count,
    bearer: data.count,
    bearer_kind: 'itself',
    position,
    outcome: 'passed',
    direction: data.direction,
    site: data.site,
    gate: data.gate,
    category: data.category,
    source: 'walk-in',
    trust: 'verified',
    day: localDay(occurredAt),
    occurred_at: occurredAt,
    persons: data.persons,
    party_size: data.persons,
    actor: meta.actor,
    is_late: isLate(occurredAt, recordedAt),
  };
}

function arrivalOf({ data, meta, position, occurredAt, recordedAt }: ProjectedOf<'GroupArrived'>): GateFact {
  return {
    fair: meta.fair,
    kind: 'arrival',
    id: data.arrival,
    bearer: data.group,
    bearer_kind: 'group',
    position,
    outcome: 'passed',
    direction: 'in',
    site: data.site,
    gate: data.gate,
    category: 'pupil',
    source: 'group',
    trust: 'verified',
    day: localDay(occurredAt),
    occurred_at: occurredAt,
    persons: data.persons,
    party_size: data.persons,
    actor: meta.actor,
    is_late: isLate(occurredAt, recordedAt),
  };
}

/** Written down afterwards by its nature, a correction is never late. */
function correctionOf({ data, meta, position, occurredAt }: ProjectedOf<'CorrectionRecorded'>): GateFact {
  return {
    fair: meta.fair,
    kind: 'correction',
    id: data.correction,
    bearer: data.correction,
    bearer_kind: 'itself',
    position,
    outcome: 'passed',
    direction: 'in',
    site: data.site,
    gate: data.gate,
    category: data.category,
    source: 'correction',
    trust: 'verified',
    day: data.day,
    occurred_at: occurredAt,
    persons: data.persons,
    party_size: data.persons,
    actor: meta.actor,
    is_late: false,
  };
}

type Scanned = 'VisitorCheckedIn' | 'VisitorCheckedOut';

/** A scan without a pass (a code nobody could resolve) stands by itself. */
const bearerOf = ({ scan, pass }: DataOf<Scanned | 'ScanRefused'>): Pick<GateFact, 'bearer' | 'bearer_kind'> =>
  pass === null ? { bearer: scan, bearer_kind: 'itself' } : { bearer: pass, bearer_kind: 'pass' };

const isLate = (occurredAt: number, recordedAt: number): boolean => recordedAt - occurredAt > lateMs;
