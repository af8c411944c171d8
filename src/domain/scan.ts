import type { Gate } from '../../events/fair.ts';
import type { Direction } from '../../events/fields.ts';
import type { Refusal } from '../../events/pass.ts';
import { localDay, momentOf } from './local-time.ts';
import { byOccurrence } from './visits.ts';

type Occurrence = { readonly id: string; readonly occurredAt: number };

/** What happened to a pass, as far as a scan of it cares. Times in ms, ids as the clients gave them. */
export type PassFact =
  | (Occurrence & { readonly kind: 'admission' | 'exit'; readonly gate: string })
  | (Occurrence & { readonly kind: 'revocation' });

export type ScanAt = Occurrence & { readonly direction: Direction };

/** A pass, and all that is known to have happened to it and was not voided; the order of `facts` is of no matter. */
export type PassAt = {
  readonly facts: readonly PassFact[];
  /** The first and the last moment at which it lets in; null for no bound. */
  readonly validFrom: number | null;
  readonly validUntil: number | null;
};

/** What the fair and the gate say. */
export type GateRules = Pick<Gate, 'exits'> & {
  /** Local time, HH:mm: whoever is inside then has left. */
  readonly closes: string;
  /** When the figures were closed; null while they are open. */
  readonly closedAt: number | null;
};

/** The admission that a later scan is told of. */
export type First = { readonly occurredAt: number; readonly gate: string };

export type ScanOutcome =
  | { readonly outcome: 'admitted' }
  | { readonly outcome: 'admitted-again'; readonly first: First }
  | { readonly outcome: 'left' }
  | { readonly outcome: 'refused'; readonly reason: Refusal; readonly first?: First };

/**
 * What a gate answers to a pass of this fair: a function of the scan and of the facts with an earlier
 * (occurredAt, id), so that whoever asks later, over more facts, can tell what would have been answered.
 *
 * The checks, the first that applies being the answer:
 * 1. `fair-closed`: it happens after the figures were closed.
 * 2. `left`: on the way out nothing else is asked; nobody is kept inside for an invalid pass.
 * 3. `revoked`: a revocation occurred earlier. Who was let in before it was let in rightly.
 * 4. `not-yet-valid`, 5. `expired`.
 * 6. `already-inside`: the gate's exits are scanned, and of the pass's ways in and out the last one was in, on this
 *    side of the day's closing, or of midnight where it came after that. `first` is that admission.
 * 7. `admitted-again`: it was admitted before; `first` is its first admission. 8. `admitted`.
 *
 * Whether the code is a pass of this fair at all (`unknown-pass`, `other-fair`, `poster-expired`) is known before.
 */
export function decideScan(scan: ScanAt, pass: PassAt, gate: GateRules): ScanOutcome {
  if (gate.closedAt !== null && scan.occurredAt > gate.closedAt) return { outcome: 'refused', reason: 'fair-closed' };
  if (scan.direction === 'out') return { outcome: 'left' };
  const earlier = earlierFacts(pass.facts, scan);
  if (earlier.some(({ kind }) => kind === 'revocation')) return { outcome: 'refused', reason: 'revoked' };
  if (pass.validFrom !== null && scan.occurredAt < pass.validFrom)
    return { outcome: 'refused', reason: 'not-yet-valid' };
  if (pass.validUntil !== null && scan.occurredAt > pass.validUntil) return { outcome: 'refused', reason: 'expired' };
  const ways = earlier.filter((fact) => fact.kind !== 'revocation');
  const inside = gate.exits === 'scanned' ? insideSince(ways.at(-1), scan.occurredAt, gate.closes) : undefined;
  if (inside) return { outcome: 'refused', reason: 'already-inside', first: inside };
  const first = firstAdmission(earlier);
  return first ? { outcome: 'admitted-again', first } : { outcome: 'admitted' };
}

/** The admission that occurred first. */
export function firstAdmission(facts: readonly PassFact[]): First | undefined {
  const first = facts.toSorted(byOccurrence).find((fact) => fact.kind === 'admission');
  return first?.kind === 'admission' ? firstOf(first) : undefined;
}

/** What occurred before a scan, in order. */
export const earlierFacts = (facts: readonly PassFact[], scan: Occurrence): PassFact[] =>
  facts.filter((fact) => byOccurrence(fact, scan) < 0).sort(byOccurrence);

type Way = Occurrence & { readonly kind: 'admission' | 'exit'; readonly gate: string };

/** The admission by which the pass is inside at a moment, if the last way it took was in and the day did not close since. */
function insideSince(last: Way | undefined, moment: number, closes: string): First | undefined {
  if (last?.kind !== 'admission') return undefined;
  return goneBy(last.occurredAt, closes) <= moment ? undefined : firstOf(last);
}

/**
 * The moment from which somebody who came in at `moment` is gone, seen to leave or not: the day's closing, or local
 * midnight where they came in at the closing or later.
 */
export function goneBy(moment: number, closes: string): number {
  const day = localDay(moment);
  const close = momentOf(day, closes);
  return close > moment ? close : momentOf(day, '24:00');
}

const firstOf = ({ occurredAt, gate }: Way): First => ({ occurredAt, gate });
