import type { Gate } from '../../events/fair.ts';
import type { Direction } from '../../events/fields.ts';
import type { Refusal } from '../../events/pass.ts';
import type { Decided } from './decision.ts';
import type { OpenFair } from './fair.ts';
import { factsOf, type Pass, personsInside } from './pass.ts';
import type { PassClaims } from './pass-token.ts';
import { placeOf } from './place.ts';
import { decideScan, earlierFacts, type First, firstAdmission, type GateRules, type ScanOutcome } from './scan.ts';
import { type Wrong, wrong } from './wrong-field.ts';

/** What the code that was shown or typed turned out to be. */
export type ShownCode =
  | { readonly is: 'pass'; readonly claims: PassClaims; readonly trust: 'verified' | 'unverified' }
  | { readonly is: 'no-pass'; readonly reason: 'unknown-pass' | 'other-fair' };

/** What the device has told the visitor already. */
export type ToldOutcome =
  | { readonly outcome: 'admitted' | 'admitted-again' | 'left' }
  | { readonly outcome: 'refused'; readonly reason: Refusal };

export type AskedScan = {
  readonly scan: string;
  readonly gate: string;
  readonly direction: Direction;
  /** ms since 1970, corrected for skew. */
  readonly occurredAt: number;
  /** How many of the party; when absent all of it, on the way out those who are inside. */
  readonly persons?: number | undefined;
  readonly code: ShownCode;
  readonly decided?: ToldOutcome | undefined;
};

type ScanEvents = 'VisitorCheckedIn' | 'VisitorCheckedOut' | 'ScanRefused';

/**
 * Records a scan as what it was: the outcome that the device has told stands, whatever would be answered now; only a
 * scan that nobody answered yet is decided here. A code that is no pass of this fair, where the device let somebody in,
 * is an unverified admission of individuals.
 */
export function recordScan(pass: Pass, asked: AskedScan, fair: OpenFair): Decided<ScanEvents, never> | Wrong {
  const gate = placeOf(fair, asked);
  if ('wrong' in gate) return gate;
  const partySize = asked.code.is === 'pass' ? asked.code.claims.partySize : undefined;
  if (!asked.decided && partySize !== undefined && (asked.persons ?? 1) > partySize) {
    return wrong('persons', `must be at most ${partySize}, the party size of the pass`);
  }
  const answered = asked.decided ? told(asked.decided, pass, asked) : answer(pass, asked, { fair, gate });
  return toEvent(asked, answered, { gate, persons: asked.persons ?? personsOf(pass, asked, fair) });
}

/** Of whom nobody said how many: who leaves left with all who came in, as far as anybody knows of them. */
function personsOf(pass: Pass, { scan: id, occurredAt, direction, code }: AskedScan, fair: OpenFair): number {
  if (code.is === 'no-pass') return 1;
  const { partySize } = code.claims;
  const { closes } = fair.settings;
  const inside = direction === 'out' ? personsInside(pass, { id, occurredAt }, { partySize, closes }) : 0;
  return inside > 0 ? inside : partySize;
}

type Answer = (ToldOutcome | ScanOutcome) & { readonly first?: First; readonly decidedBy: 'device' | 'server' };

/** What the device told, and the first admission before it, as the log knows it. */
function told(decided: ToldOutcome, pass: Pass, { scan, occurredAt }: AskedScan): Answer {
  const earlier = earlierFacts(factsOf(pass), { id: scan, occurredAt });
  const first = decided.outcome === 'left' ? undefined : firstAdmission(earlier);
  return { ...decided, ...(first ? { first } : {}), decidedBy: 'device' };
}

/**
 * Of scans that are asked about at the same moment, or in another order than they happened, the first that is answered
 * is `admitted` and every other one `admitted-again`: what a gate has been told already is no news at the next.
 */
function answer(pass: Pass, asked: AskedScan, { fair, gate }: { fair: OpenFair; gate: Gate }): Answer {
  if (asked.code.is === 'no-pass') return { outcome: 'refused', reason: asked.code.reason, decidedBy: 'server' };
  const { validFrom, validUntil } = asked.code.claims;
  const scan = { id: asked.scan, occurredAt: asked.occurredAt, direction: asked.direction };
  const facts = factsOf(pass);
  const outcome = decideScan(scan, { facts, validFrom, validUntil }, rulesOf(fair, gate));
  const known = outcome.outcome === 'admitted' ? firstAdmission(facts) : undefined;
  return { ...(known ? { outcome: 'admitted-again', first: known } : outcome), decidedBy: 'server' };
}

const rulesOf = (fair: OpenFair, gate: Gate): GateRules => ({
  exits: gate.exits,
  closes: fair.settings.closes,
  closedAt: fair.status === 'closed' ? fair.closedAt : null,
});

function toEvent(
  asked: AskedScan,
  answer: Answer,
  { gate, persons }: { readonly gate: Gate; readonly persons: number },
): Exclude<Decided<ScanEvents, never>, { refused: never }> {
  const { scan, direction, code } = asked;
  const { decidedBy } = answer;
  const first = answer.first ? { first: answer.first } : {};
  const place = { site: gate.site, gate: gate.code };
  const pass = code.is === 'pass' ? code.claims.pass : null;
  if (answer.outcome === 'refused') {
    return {
      type: 'ScanRefused',
      data: { scan, pass, ...place, direction, reason: answer.reason, decidedBy, ...first },
    };
  }
  const scanned = { scan, ...readOf(code, persons), ...place, decidedBy, persons };
  return answer.outcome === 'left'
    ? { type: 'VisitorCheckedOut', data: scanned }
    : { type: 'VisitorCheckedIn', data: { ...scanned, outcome: answer.outcome, ...first } };
}

/** What the pass says of itself; of nobody’s pass, as many individuals as came. */
function readOf(code: ShownCode, persons: number) {
  if (code.is === 'no-pass') {
    return { pass: null, category: 'individual', partySize: persons, source: 'pass', trust: 'unverified' } as const;
  }
  const { pass, category, partySize, source } = code.claims;
  return { pass, category, partySize, source, trust: code.trust };
}
