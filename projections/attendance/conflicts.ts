import { gateOf } from '../../src/domain/fair.ts';
import { decideScan, type PassFact } from '../../src/domain/scan.ts';
import { byOccurrence } from '../../src/domain/visits.ts';
import { occurrenceOf } from './facts.ts';
import type { CountingRules, GateFact, PassNote } from './tables.ts';

/** What the fair said, and what was said of the pass. */
export type Circumstances = {
  readonly rules: Omit<CountingRules, 'fair'> | undefined;
  readonly note: PassNote | undefined;
};

/** Two gates that admit one pass within this time cannot both have known of the other. */
const twoGatesMs = 10 * 60_000;

/**
 * The admissions of a pass that contradict its other facts: decided over all facts with an earlier (occurredAt, id)
 * they would have been refused, or they follow one at another gate within 10 minutes without an exit between. One pass
 * over them in order: a poster's pass may be scanned without end.
 * Source: domain, “Offline is normal”.
 * @param kept facts of one bearer, none voided, unverified or a repeat read
 */
export function conflictsAmong(kept: readonly GateFact[], circumstances: Circumstances): Set<GateFact> {
  const ways = kept
    .filter(({ bearer_kind }) => bearer_kind === 'pass')
    .map(occurrenceOf)
    .sort(byOccurrence);
  if (ways.length < 2 && !isLimited(circumstances.note)) return new Set();
  const isRefused = refusing(circumstances);
  const conflicts = new Set<GateFact>();
  let seen: Seen = nothingSeen;
  for (const way of ways) {
    if (way.fact.direction === 'in' && (isRefused(way, seen) || isAtTwoGates(way, seen))) conflicts.add(way.fact);
    seen = seenAfter(seen, way);
  }
  return conflicts;
}

type Way = ReturnType<typeof occurrenceOf>;

/** All of the ways in and out so far that the next one is judged by; each is undefined while there is none. */
type Seen = {
  readonly last: Way | undefined;
  /** The latest admission since the last exit, and the latest one that was at another gate than that. */
  readonly admitted: Way | undefined;
  readonly elsewhere: Way | undefined;
};

const nothingSeen: Seen = { last: undefined, admitted: undefined, elsewhere: undefined };

function seenAfter({ admitted, elsewhere }: Seen, way: Way): Seen {
  if (way.fact.direction === 'out') return { ...nothingSeen, last: way };
  return { last: way, admitted: way, elsewhere: admitted && admitted.gate !== way.gate ? admitted : elsewhere };
}

/** Whether the gate would have refused an admission, had it known all that went before. */
function refusing({ rules, note }: Circumstances): (way: Way, seen: Seen) => boolean {
  const revocation = revocationOf(note);
  const limits = { validFrom: note?.valid_from ?? null, validUntil: note?.valid_until ?? null };
  return ({ id, occurredAt, gate }, { last }) => {
    // Of the ways before, a refusal depends on the last one alone.
    const facts = [...(last ? [passFactOf(last)] : []), ...revocation];
    const known = rules && { settings: rules.settings, formerGates: rules.former_gates };
    const exits = (known && gateOf(known, gate))?.exits ?? 'not-scanned';
    const asked = { exits, closes: rules?.settings.closes ?? '24:00', closedAt: null };
    return decideScan({ id, occurredAt, direction: 'in' }, { facts, ...limits }, asked).outcome === 'refused';
  };
}

function isAtTwoGates(way: Way, { admitted, elsewhere }: Seen): boolean {
  const other = admitted?.gate === way.gate ? elsewhere : admitted;
  return other !== undefined && way.occurredAt - other.occurredAt <= twoGatesMs;
}

/** Whether anything is said of a pass by which even its only scan may contradict it. */
export const isLimited = (note: PassNote | undefined): boolean =>
  note !== undefined && (note.revocation !== null || note.valid_from !== null || note.valid_until !== null);

const passFactOf = ({ fact, id, occurredAt, gate }: Way): PassFact => ({
  kind: fact.direction === 'in' ? 'admission' : 'exit',
  id,
  occurredAt,
  gate,
});

const revocationOf = (note: PassNote | undefined): PassFact[] =>
  note?.revocation && note.revoked_at !== null
    ? [{ kind: 'revocation', id: note.revocation, occurredAt: note.revoked_at }]
    : [];
