import type { FairSettings } from '../../events/fair.ts';
import { decideScan, type PassFact } from '../../src/domain/scan.ts';
import { byOccurrence } from '../../src/domain/visits.ts';
import { occurrenceOf } from './facts.ts';
import type { GateFact, PassNote } from './tables.ts';

/** What the fair said, and what was said of the pass. */
export type Circumstances = { readonly settings: FairSettings | undefined; readonly note: PassNote | undefined };

/** Two gates that admit one pass within this time cannot both have known of the other. */
const twoGatesMs = 10 * 60_000;

/**
 * The admissions of a pass that contradict its other facts: decided over all facts with an earlier (occurredAt, id)
 * they would have been refused, or they follow one at another gate within 10 minutes without an exit between.
 * Source: domain, “Offline is normal”.
 * @param kept facts of one bearer, none voided, unverified or a repeat read
 */
export function conflictsAmong(kept: readonly GateFact[], circumstances: Circumstances): Set<GateFact> {
  const ways = kept
    .filter(({ bearer_kind }) => bearer_kind === 'pass')
    .map(occurrenceOf)
    .sort(byOccurrence);
  if (ways.length < 2 && !isLimited(circumstances.note)) return new Set();
  const admissions = ways.filter(({ fact }) => fact.direction === 'in');
  const refused = refusedAmong(ways, circumstances);
  return new Set(admissions.filter((way) => refused(way) || isAtTwoGates(way, ways)).map(({ fact }) => fact));
}

type Way = ReturnType<typeof occurrenceOf>;

/** Whether the gate would have refused an admission, had it known all that went before. */
function refusedAmong(ways: readonly Way[], { settings, note }: Circumstances): (way: Way) => boolean {
  const pass = {
    facts: [...ways.map(passFactOf), ...revocationOf(note)],
    validFrom: note?.valid_from ?? null,
    validUntil: note?.valid_until ?? null,
  };
  return ({ id, occurredAt, gate }) => {
    const exits = settings?.gates.find(({ code }) => code === gate)?.exits ?? 'not-scanned';
    const rules = { exits, closes: settings?.closes ?? '24:00', closedAt: null };
    return decideScan({ id, occurredAt, direction: 'in' }, pass, rules).outcome === 'refused';
  };
}

function isAtTwoGates(way: Way, ways: readonly Way[]): boolean {
  const before = ways.slice(0, ways.indexOf(way));
  const sinceExit = before.slice(before.findLastIndex(({ fact }) => fact.direction === 'out') + 1);
  return sinceExit.some(({ gate, occurredAt }) => gate !== way.gate && way.occurredAt - occurredAt <= twoGatesMs);
}

const isLimited = (note: PassNote | undefined): boolean =>
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
