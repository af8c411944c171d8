import type { FairEvent } from '../../../events/catalogue.ts';
import type { FairSettings } from '../../../events/fair.ts';
import { dayOf, ofType, timeOf, unvoided } from '../../recount/facts.ts';
import type { Told } from '../people/scanner.ts';
import type { Deed, Pass, Shown } from '../truth/deed.ts';
import type { FairThen } from './fair-then.ts';

/** An event as far as it follows from what was done. */
export type Expected = { readonly type: string; readonly data: Readonly<Record<string, unknown>> };

/** What the platform knew when it wrote an event: all events before it in the log, and when it happened. */
export type Known = FairThen & {
  readonly before: readonly FairEvent[];
  readonly occurredAt: number;
};

/** What a scan has to be in the log: what the device told stands; only what it asked is decided by what was known. */
export function expectedScan(deed: Deed, known: Known): Expected {
  const { shown, body } = deed;
  if (!shown || shown.is === 'never-kept') throw new Error(`${deed.id} is no scan that can be recorded`);
  const told = toldBy(deed);
  const answer = told ? { ...told, decidedBy: 'device' } : { ...decided(deed, shown, known), decidedBy: 'server' };
  const first = firstFor(deed, { shown, answer: told ? 'told' : 'asked' }, known);
  const place = { site: siteOf(body['gate'], known), gate: body['gate'] };
  const about = {
    scan: deed.id,
    pass: shown.is === 'pass' ? shown.pass.id : null,
    ...place,
    decidedBy: answer.decidedBy,
  };
  if (answer.outcome === 'refused') {
    const refused = { ...about, direction: deed.direction, reason: answer.reason };
    // Of several reasons, only being inside already is about the admission before.
    return {
      type: 'ScanRefused',
      data: told || answer.reason === 'already-inside' ? { ...refused, ...first } : refused,
    };
  }
  const let_ = { ...about, ...letIn(shown, body['persons']), persons: body['persons'] };
  if (answer.outcome === 'left') return { type: 'VisitorCheckedOut', data: let_ };
  return { type: 'VisitorCheckedIn', data: { ...let_, outcome: answer.outcome, ...first } };
}

const toldBy = ({ body }: Deed): Told | undefined => {
  const told: unknown = body['decided'];
  return isTold(told) ? told : undefined;
};
const isTold = (told: unknown): told is Told => typeof told === 'object' && told !== null && 'outcome' in told;

/** A code that is no pass of this fair stands for individuals whom nobody could check. */
function letIn(shown: Exclude<Shown, { is: 'never-kept' }>, persons: unknown) {
  if (shown.is !== 'pass') return { category: 'individual', partySize: persons, source: 'pass', trust: 'unverified' };
  const { category, partySize, source } = shown.pass;
  return { category, partySize, source, trust: 'verified' };
}

type Way = { readonly id: string; readonly at: number; readonly gate: string; readonly isIn: boolean };

/** All that was known of a pass and not undone, in the order in which it happened. */
function waysOf(pass: Pass, before: readonly FairEvent[]): Way[] {
  const scans = [...ofType(before, 'VisitorCheckedIn'), ...ofType(before, 'VisitorCheckedOut')];
  return unvoided(before, scans, ({ data }) => ({ kind: 'scan', id: data.scan }))
    .filter(({ data }) => data.pass === pass.id)
    .map(({ type, data, occurredAt }) => ({
      id: data.scan,
      at: occurredAt,
      gate: data.gate,
      isIn: type === 'VisitorCheckedIn',
    }))
    .sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
}

const isEarlier = (a: { at: number; id: string }, b: { at: number; id: string }): boolean =>
  a.at < b.at || (a.at === b.at && a.id < b.id);

function decided(deed: Deed, shown: Exclude<Shown, { is: 'never-kept' }>, known: Known): Told {
  const refused = (reason: Extract<Told, { reason: unknown }>['reason']): Told => ({ outcome: 'refused', reason });
  const at = known.occurredAt;
  if (shown.is !== 'pass') return refused(shown.reason);
  if (known.closedAt !== null && at > known.closedAt) return refused('fair-closed');
  if (deed.direction === 'out') return { outcome: 'left' };
  const { pass } = shown;
  const revoked = ofType(known.before, 'PassRevoked').filter(({ data }) => data.pass === pass.id);
  if (revoked.some((event) => isEarlier({ at: event.occurredAt, id: event.data.revocation }, { at, id: deed.id })))
    return refused('revoked');
  if (pass.validFrom !== null && at < pass.validFrom) return refused('not-yet-valid');
  if (pass.validUntil !== null && at > pass.validUntil) return refused('expired');
  const ways = waysOf(pass, known.before);
  if (insideBy(deed, ways, known)) return refused('already-inside');
  return { outcome: ways.some(({ isIn }) => isIn) ? 'admitted-again' : 'admitted' };
}

/** The admission by which somebody is inside, where the gate's exits are scanned. */
function insideBy(deed: Deed, ways: readonly Way[], { settings, gates, occurredAt: at }: Known): Way | undefined {
  const last = ways.findLast((way) => isEarlier(way, { at, id: deed.id }));
  const isScanned = gates.get(String(deed.body['gate']))?.exits === 'scanned';
  return isScanned && last?.isIn && goneBy(last.at, settings) > at ? last : undefined;
}

/** Whoever came in before the day's closing is gone by then, whoever came in later by midnight; ms since 1970. */
export const goneBy = (at: number, { closes }: Pick<FairSettings, 'closes'>): number =>
  Date.parse(`${dayOf(at)}T${timeOf(at) < closes ? closes : '24:00'}:00+07:00`);

/**
 * When and where a later admission was let in first: as far as was known, of what happened before, where the device had
 * told already; of all that was known, where it asked.
 */
function firstFor(
  deed: Deed,
  { shown, answer }: { readonly shown: Shown; readonly answer: 'told' | 'asked' },
  known: Known,
): { first?: { occurredAt: number; gate: string } } {
  if (shown.is !== 'pass') return {};
  const ways = waysOf(shown.pass, known.before);
  const at = { at: known.occurredAt, id: deed.id };
  const inside = answer === 'asked' ? insideBy(deed, ways, known) : undefined;
  const first = inside ?? ways.find((way) => way.isIn && (answer === 'asked' || isEarlier(way, at)));
  return first ? { first: { occurredAt: first.at, gate: first.gate } } : {};
}

export const siteOf = (gate: unknown, { gates }: Pick<Known, 'gates'>): string | undefined =>
  gates.get(String(gate))?.site;
