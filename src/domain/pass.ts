import type { DataOf, FairEvent } from '../../events/catalogue.ts';
import type { Category } from '../../events/fields.ts';
import { type Decided, type Missed, notFound } from './decision.ts';
import { isAfterClosing, type OpenFair } from './fair.ts';
import { repeatReads } from './repeat-reads.ts';
import { goneBy, type PassFact } from './scan.ts';
import { byOccurrence } from './visits.ts';
import { evolveUndoable, isVoided, nothingUndoable, type Undoable } from './void.ts';

/** A scan of this pass that was answered; `gate` and times as it was recorded. */
type Scan = {
  readonly id: string;
  readonly kind: 'admission' | 'exit' | 'refusal';
  readonly occurredAt: number;
  readonly gate: string;
  /** How many came in or went out, at most the party. */
  readonly persons: number;
  readonly trust: 'verified' | 'unverified';
  /** By the visitor's own phone, at a poster. */
  readonly isTap: boolean;
};

type Past = {
  readonly scans: readonly Scan[];
  readonly revocations: readonly PassFact[];
  readonly undoable: Undoable;
};

/** Nothing is known of it. Also what the stream of a scan of no pass begins with. */
export type UnseenPass = Past & { readonly status: 'unseen' };
export type IssuedPass = Past & { readonly status: 'issued'; readonly category: Category; readonly partySize: number };
/** A visitor took it: it is signed without a fact, and its stream begins with what first happened to it. */
export type TakenPass = Past & { readonly status: 'taken' };
export type Pass = UnseenPass | IssuedPass | TakenPass;

export const unseenPass: UnseenPass = { status: 'unseen', scans: [], revocations: [], undoable: nothingUndoable };

export function evolvePass(pass: Pass, event: FairEvent): Pass {
  if (event.type === 'PassIssued') {
    return { ...pass, status: 'issued', category: event.data.category, partySize: event.data.partySize };
  }
  if (event.type === 'RequestRefused') return pass;
  const seen = pass.status === 'unseen' ? { ...pass, status: 'taken' as const } : pass;
  const undoable = evolveUndoable(pass.undoable, event);
  if (event.type === 'PassRevoked') {
    const revocation = { kind: 'revocation' as const, id: event.data.revocation, occurredAt: event.occurredAt };
    return { ...seen, revocations: [...pass.revocations, revocation] };
  }
  const scan = scanOf(event);
  return scan ? { ...seen, undoable, scans: [...pass.scans, scan] } : { ...seen, undoable };
}

/** What later scans of this pass are decided over: all that was not voided, unverified admissions included. */
export function factsOf({ scans, revocations, undoable }: Past): PassFact[] {
  const voided = voidedScans(undoable);
  const ways = scans.flatMap(({ kind, id, occurredAt, gate }) =>
    kind === 'refusal' || voided.has(id) ? [] : [{ kind, id, occurredAt, gate }],
  );
  return [...ways, ...revocations];
}

/**
 * How many of the pass's party are inside when it is shown, as far as is known: who came in since the closing of the
 * day before, less who left. A function of the set of facts that occurred earlier.
 * @param closes local time, HH:mm
 */
export function personsInside(
  { scans, undoable }: Past,
  at: { readonly id: string; readonly occurredAt: number },
  { partySize, closes }: { readonly partySize: number; readonly closes: string },
): number {
  const voided = voidedScans(undoable);
  const ways = scans
    .filter((scan) => scan.kind !== 'refusal' && !voided.has(scan.id) && byOccurrence(scan, at) < 0)
    .filter(({ occurredAt }) => goneBy(occurredAt, closes) > at.occurredAt)
    .map((scan) => ({ ...scan, direction: directionOf(scan), outcome: 'passed' as const }));
  const repeats = repeatReads(ways);
  return ways
    .filter((way) => !repeats.has(way))
    .sort(byOccurrence)
    .reduce(
      (inside, { direction, persons }) =>
        direction === 'in' ? Math.min(partySize, inside + persons) : Math.max(0, inside - persons),
      0,
    );
}

const directionOf = ({ kind }: Scan) => (kind === 'admission' ? ('in' as const) : ('out' as const));

/**
 * Whether the organiser handed it out, or it was let in before in a way that counts. Anybody may take passes, so one
 * that was only taken, or only let in unverified, is as good as new.
 */
export function isKnownGood({ status, scans, undoable }: Pass): boolean {
  const voided = voidedScans(undoable);
  return (
    status === 'issued' ||
    scans.some(({ kind, trust, id }) => kind !== 'refusal' && trust === 'verified' && !voided.has(id))
  );
}

/** When the visitor's phone let itself in with this pass, in ms, voided or not: the facts that strangers can make. */
export const tapsOf = ({ scans }: Past): number[] =>
  scans.filter(({ isTap }) => isTap).map(({ occurredAt }) => occurredAt);

/** Hands out a pass. One that a visitor took, or that was scanned already, is not issued over again. */
export function issuePass(
  pass: Pass,
  issue: DataOf<'PassIssued'>,
  { fair, occurredAt }: { readonly fair: OpenFair; readonly occurredAt: number },
): Decided<'PassIssued', 'fair-closed' | 'already-used'> {
  if (pass.status !== 'unseen') return { refused: 'already-used' };
  return isAfterClosing(fair, occurredAt) ? { refused: 'fair-closed' } : { type: 'PassIssued', data: issue };
}

/** Revokes any pass: of one that a visitor took and never showed the log knows nothing else. */
export const revokePass = (_: Pass, revocation: DataOf<'PassRevoked'>): Decided<'PassRevoked', never> => ({
  type: 'PassRevoked',
  data: revocation,
});

/** The organiser lets an unverified scan count from now on. */
export function acceptScan(
  pass: Pass,
  acceptance: DataOf<'ScanAccepted'>,
  { fair, occurredAt }: { readonly fair: OpenFair; readonly occurredAt: number },
): Decided<'ScanAccepted', 'fair-closed' | 'not-unverified' | 'voided'> | Missed {
  const scan = pass.scans.find(({ id }) => id === acceptance.scan);
  if (!scan) return notFound;
  if (scan.trust === 'verified') return { refused: 'not-unverified' };
  if (voidedScans(pass.undoable).has(scan.id)) return { refused: 'voided' };
  return isAfterClosing(fair, occurredAt) ? { refused: 'fair-closed' } : { type: 'ScanAccepted', data: acceptance };
}

const voidedScans = (undoable: Undoable): ReadonlySet<string> =>
  new Set(undoable.targets.filter((target) => isVoided(undoable, target)).map(({ id }) => id));

function scanOf(event: FairEvent): Scan | undefined {
  switch (event.type) {
    case 'VisitorCheckedIn':
    case 'VisitorCheckedOut': {
      const kind = event.type === 'VisitorCheckedIn' ? 'admission' : 'exit';
      const { scan, gate, trust } = event.data;
      const persons = Math.min(event.data.persons, event.data.partySize);
      const isTap = event.meta.actor.role === 'public';
      return { id: scan, kind, occurredAt: event.occurredAt, gate, persons, trust, isTap };
    }
    case 'ScanRefused':
      return {
        id: event.data.scan,
        kind: 'refusal',
        occurredAt: event.occurredAt,
        gate: event.data.gate,
        persons: 0,
        trust: 'verified',
        isTap: false,
      };
    default:
      return undefined;
  }
}
