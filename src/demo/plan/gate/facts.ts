import type { Category } from '../../../../events/fields.ts';
import type { Refusal } from '../../../../events/pass.ts';
import type { GateCode } from '../fair-settings.ts';
import type { Device } from './devices.ts';
import type { Group } from './groups.ts';
import type { Pass } from './parties.ts';

/** What the phone showed to the visitor. */
export type Shown =
  | { readonly outcome: 'admitted' | 'admitted-again' | 'left' }
  | { readonly outcome: 'refused'; readonly reason: Refusal };

/** What was in front of the camera, or typed. */
export type Showing =
  | { readonly kind: 'code'; readonly pass: Pass }
  | { readonly kind: 'typed'; readonly pass: Pass }
  /** A pass's code with a signature that is not ours. */
  | { readonly kind: 'forged'; readonly pass: Pass }
  /** Something else that is printed as a QR code. */
  | { readonly kind: 'other'; readonly text: string };

/**
 * What really happened, from which the plan knows the figures: `visit` is a person's first entry of the day, `again` an
 * entry that is none, `conflict` one of those at another gate minutes later, `repeat` the camera reading twice, `mistake`
 * what is voided afterwards.
 */
export type Meaning = 'visit' | 'again' | 'conflict' | 'repeat' | 'left' | 'refused' | 'mistake';

/** `at` is the true moment, in ms; a device's clock may show another. */
type Happening = { readonly id: string; readonly at: number; readonly means: Meaning };
type AtDevice = Happening & { readonly device: Device };

export type Scan = AtDevice & {
  readonly kind: 'scan';
  readonly showing: Showing;
  readonly direction: 'in' | 'out';
  readonly persons: number;
  readonly shown: Shown;
};
/** A visitor's own phone reads the gate's poster. */
export type PosterScan = Happening & {
  readonly kind: 'poster-scan';
  readonly pass: Pass;
  readonly gate: GateCode;
  readonly persons: number;
};
export type WalkIn = AtDevice & { readonly kind: 'walk-in'; readonly category: Category; readonly persons: number };
export type Arrival = AtDevice & { readonly kind: 'arrival'; readonly group: Group; readonly persons: number };
export type Void = Omit<AtDevice, 'means'> & {
  readonly kind: 'void';
  readonly of: Scan | WalkIn | Arrival;
  readonly reason: string;
  /** A void that comes too late changes nothing. */
  readonly means: 'takes-effect' | 'too-late';
};

export type GateFact = Scan | PosterScan | WalkIn | Arrival | Void;
