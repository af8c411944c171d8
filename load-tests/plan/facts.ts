/** What is in front of the camera, or typed. A pass is named by its place in the plan's list. */
export type Showing =
  | { readonly kind: 'code' | 'typed' | 'forged'; readonly pass: number }
  /** Something else that is printed as a QR code. */
  | { readonly kind: 'other'; readonly text: string };

/** What a gate says to the visitor. */
export type Outcome = 'admitted' | 'admitted-again' | 'left' | `refused ${string}`;

type Happening = {
  /** Made by the phone; the same at every repeat. */
  readonly id: string;
  /** Seconds since the load began; below 0 for what happened before, without network. */
  readonly at: number;
};
type AtGate = Happening & { readonly device: number; readonly gate: string };
type AtBooth = Happening & { readonly booth: number };

export type Scan = AtGate & {
  readonly kind: 'scan';
  readonly showing: Showing;
  readonly direction: 'in' | 'out';
  /** Persons who really go through; for nobody's pass, whom the phone let in all the same. */
  readonly persons: number;
  /** What the platform answers as long as everything arrives in the order it happened. */
  readonly expects: Outcome;
  /** A phone without network has told the visitor already. */
  readonly told: boolean;
};
export type WalkIn = AtGate & {
  readonly kind: 'walk-in';
  readonly direction: 'in' | 'out';
  readonly category: string;
  readonly persons: number;
};
export type Arrival = AtGate & { readonly kind: 'arrival'; readonly group: number; readonly persons: number };
export type Void = Happening & {
  readonly kind: 'void';
  readonly of: Scan | WalkIn | Sale;
  readonly reason: string;
};
export type SaleLine = { readonly code: string; readonly name: string; readonly copies: number; readonly paid: number };
export type Sale = AtBooth & { readonly kind: 'sale'; readonly lines: readonly SaleLine[]; readonly payment: string };
export type Return = AtBooth & { readonly kind: 'return'; readonly sale: string; readonly lines: readonly SaleLine[] };
export type Stock = AtBooth & {
  readonly kind: 'stock-entry';
  readonly stock: 'displayed' | 'added' | 'withdrawn' | 'donated';
  readonly copies: number;
};

/** Something that happened, as one write says it. */
export type Fact = Scan | WalkIn | Arrival | Void | Sale | Return | Stock;

/** What phones and readers send. */
export type Sending =
  /** One fact by its own PUT, `times` over: networks repeat. */
  | { readonly kind: 'fact'; readonly fact: Fact; readonly times: number }
  /** What waited on one phone. */
  | { readonly kind: 'delivery'; readonly device: number; readonly facts: readonly Fact[] }
  /** Somebody looks, or takes a pass; no fact. */
  | { readonly kind: 'look'; readonly at: 'figures' | 'total' | 'fair' | 'public-pass' };

/** A flow of sendings: so many a second from a moment on, or all at once. */
export type Stream = {
  readonly name: string;
  /** What is sent while the server is still cold is in the truth check, but in no threshold. */
  readonly phase: 'warm-up' | 'load';
  readonly startSeconds: number;
  /** Sendings a second; `at-once` for a burst. */
  readonly perSecond: number | 'at-once';
  readonly sendings: readonly Sending[];
};

export type PassTerms = {
  readonly category: string;
  readonly partySize: number;
  readonly from: 'organiser' | 'visitor';
};

export type Device = {
  readonly id: string;
  readonly gate: string;
  /** How far its clock is ahead (or, below 0, behind), in whole seconds. */
  readonly skewSeconds: number;
};

/** Whom a fact is sent by: a gate's phone, or a booth's. */
export const senderOf = (fact: Fact): { readonly device: number } | { readonly booth: number } => {
  if (fact.kind === 'void') return senderOf(fact.of);
  return 'device' in fact ? { device: fact.device } : { booth: fact.booth };
};
