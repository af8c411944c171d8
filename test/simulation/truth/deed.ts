import type { Actor } from '../../../events/envelope.ts';
import type { Category, Direction } from '../../../events/fields.ts';
import type { FactItem } from '../../../src/contract/deliveries.ts';

/** A pass as whoever holds it in hand can read it. Moments in ms since 1970. */
export type Pass = {
  readonly id: string;
  readonly category: Category;
  readonly partySize: number;
  readonly validFrom: number | null;
  readonly validUntil: number | null;
  readonly source: 'pass' | 'poster';
  readonly token: string;
  readonly shortCode: string | null;
};

/** What was really held in front of a scanner, or typed. */
export type Shown =
  | { readonly is: 'pass'; readonly pass: Pass; readonly as: 'token' | 'shortCode' }
  /** A pass of another fair, or no pass at all. */
  | { readonly is: 'no-pass'; readonly text: string; readonly reason: 'other-fair' | 'unknown-pass' }
  | { readonly is: 'unknown-code'; readonly text: string; readonly reason: 'unknown-pass' }
  /** An identity card, or a code for paying, of which nothing may be kept. */
  | { readonly is: 'never-kept'; readonly text: string };

/** What the office does with one request; their ids are no items of deliveries. */
export type OfficeKind = 'closing' | 'reopening' | 'revision' | 'revocation' | 'acceptance' | 'correction';

/** A node began to handle a deed: when by its own clock, and what the delivery said of its sending. */
export type Receipt = { readonly at: number; readonly sentAt: number | undefined };

/** One thing that somebody did and wants to be recorded, and all that became of it. */
export type Deed = {
  readonly kind: FactItem['kind'] | OfficeKind;
  readonly id: string;
  readonly by: Actor;
  /** Below `/api/fairs/{fair}/`. */
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
  /** As an item of a delivery; undefined for what the office does. */
  readonly item: FactItem | undefined;
  readonly ifMatch?: string;
  /** Of a scan, and of the undoing of one. */
  readonly shown?: Shown;
  readonly direction?: Direction;
  /** No server may take it: a code that must not be kept, a gate that there is not. */
  readonly isWrong: boolean;
  readonly receipts: Receipt[];
  /** Every answer that a node gave, whether or not it came through. */
  readonly given: Given[];
  /** The first answer that came through. */
  acknowledged: Given | undefined;
};

export type Given = { readonly status: number; readonly body: unknown };

/** All that was done at a fair, in the order in which it was done. */
export class Deeds {
  readonly all: Deed[] = [];

  note(deed: Omit<Deed, 'receipts' | 'given' | 'acknowledged'>): Deed {
    const noted: Deed = { ...deed, receipts: [], given: [], acknowledged: undefined };
    this.all.push(noted);
    return noted;
  }
}
