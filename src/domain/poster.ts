import type { Refusal } from '../../events/pass.ts';
import type { Decided } from './decision.ts';
import { gateOf, type OpenFair } from './fair.ts';
import type { Pass } from './pass.ts';
import type { PassClaims } from './pass-token.ts';
import { recordScan } from './record-scan.ts';
import type { Wrong } from './wrong-field.ts';

/** How long a code on a screen is shown; the one before it is still good. */
export const posterSeconds = 30;

/** A code that is genuine and, on a screen, of now. */
export type PosterCode = { readonly gate: string; readonly on: 'screen' | 'print' };

export type PosterTap = {
  readonly scan: string;
  /** ms since 1970 */
  readonly occurredAt: number;
  readonly persons?: number | undefined;
  /** Undefined for a code that is out of date, or none of ours. */
  readonly poster: PosterCode | undefined;
  readonly claims: PassClaims;
  /** Passes taken at this gate within a minute, this one included; 0 for a pass that the phone had before. */
  readonly newPasses: number;
};

/**
 * A visitor's own tap on a gate's poster. A printed code is good only where the gate has a printed poster. Above the
 * gate's limit of new passes the admission is unverified, never refused: phone networks share addresses, and a school
 * arrives at once. A no leaves no fact, for anybody may tap.
 */
export function recordPosterScan(
  pass: Pass,
  tap: PosterTap,
  fair: OpenFair,
): Decided<'VisitorCheckedIn', Refusal> | Wrong {
  const gate = tap.poster && gateOf(fair, tap.poster.gate);
  if (!gate || (tap.poster?.on === 'print' && gate.poster !== 'print')) return { refused: 'poster-expired' };
  const trust = tap.newPasses > gate.posterPassesPerMinuteMax ? ('unverified' as const) : ('verified' as const);
  const code = { is: 'pass' as const, claims: tap.claims, trust };
  const { scan, occurredAt, persons } = tap;
  const recorded = recordScan(pass, { scan, occurredAt, persons, code, gate: gate.code, direction: 'in' }, fair);
  if ('wrong' in recorded || 'refused' in recorded) return recorded;
  if (recorded.type === 'ScanRefused') return { refused: recorded.data.reason };
  if (recorded.type === 'VisitorCheckedOut') throw new Error('a poster lets nobody out');
  return recorded;
}
