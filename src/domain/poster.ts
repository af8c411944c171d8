import type { Refusal } from '../../events/pass.ts';
import type { Decided } from './decision.ts';
import { gateOf, type OpenFair } from './fair.ts';
import { factsOf, type Pass, tapsOf } from './pass.ts';
import type { PassClaims } from './pass-token.ts';
import { recordScan } from './record-scan.ts';
import { repeatReadMs } from './repeat-reads.ts';
import type { Wrong } from './wrong-field.ts';

/** How long a code on a screen is shown; the one before it is still good. */
export const posterSeconds = 30;

/** A code that is genuine and, on a screen, of now. */
export type PosterCode = { readonly gate: string; readonly on: 'screen' | 'print' };

export type PosterTap = {
  readonly scan: string;
  /** ms since 1970, by a clock that is believed. */
  readonly occurredAt: number;
  /** The same as the phone told it, which a repeat sent later tells again. */
  readonly toldAt: number;
  readonly persons?: number | undefined;
  /** Undefined for a code that is out of date, or none of ours. */
  readonly poster: PosterCode | undefined;
  readonly claims: PassClaims;
  /** Passes first used at this gate within a minute, this one included; 0 for a pass that is known to be good. */
  readonly newPasses: number;
};

/** A phone that goes in and out all day makes a few dozen facts; a script that never ends is stopped here. */
const tapsPerDayMax = 100;
const dayMs = 86_400_000;

/**
 * A visitor's own tap on a gate's poster. A printed code is good only where the gate has a printed poster. Above the
 * gate's limit of new passes the admission is unverified, never refused: phone networks share addresses, and a school
 * arrives at once. A no is no scan in the log, for anybody may tap; a second tap at the gate within 30 seconds is answered
 * by the first one. Above 100 taps of a pass in 24 hours there are no more.
 * @returns `repeats` names the scan that answers this tap too; `retryAfterSeconds` says when the pass may tap again.
 */
export function recordPosterScan(
  pass: Pass,
  tap: PosterTap,
  fair: OpenFair,
):
  | Decided<'VisitorCheckedIn', Refusal>
  | Wrong
  | { readonly repeats: string }
  | { readonly retryAfterSeconds: number } {
  const gate = tap.poster && gateOf(fair, tap.poster.gate);
  if (!gate || (tap.poster?.on === 'print' && gate.poster !== 'print')) return { refused: 'poster-expired' };
  const trust = tap.newPasses > gate.posterPassesPerMinuteMax ? ('unverified' as const) : ('verified' as const);
  const code = { is: 'pass' as const, claims: tap.claims, trust };
  const { scan, occurredAt, persons } = tap;
  const recorded = recordScan(pass, { scan, occurredAt, persons, code, gate: gate.code, direction: 'in' }, fair);
  if ('wrong' in recorded || 'refused' in recorded) return recorded;
  if (recorded.type === 'VisitorCheckedOut') throw new Error('a poster lets nobody out');
  const reason = recorded.type === 'ScanRefused' ? recorded.data.reason : undefined;
  const repeats = reason === undefined || reason === 'already-inside' ? repeatedScan(pass, tap, gate.code) : undefined;
  if (repeats !== undefined) return { repeats };
  if (recorded.type === 'ScanRefused') return { refused: recorded.data.reason };
  const retryAfterSeconds = waitOf(pass, occurredAt);
  return retryAfterSeconds === 0 ? recorded : { retryAfterSeconds };
}

/** The admission at this gate that the phone has been told of less than 30 seconds before or after. */
const repeatedScan = (pass: Pass, { occurredAt, toldAt }: PosterTap, gate: string): string | undefined =>
  factsOf(pass).findLast(
    (fact) =>
      fact.kind === 'admission' &&
      fact.gate === gate &&
      [occurredAt, toldAt].some((at) => Math.abs(at - fact.occurredAt) < repeatReadMs),
  )?.id;

/** Seconds until the pass may tap again; 0 for now. */
function waitOf(pass: Pass, occurredAt: number): number {
  const latest = tapsOf(pass)
    .filter((at) => occurredAt - at < dayMs)
    .toSorted((a, b) => b - a);
  const last = latest[tapsPerDayMax - 1];
  return last === undefined ? 0 : Math.max(1, Math.ceil((last + dayMs - occurredAt) / 1000));
}
