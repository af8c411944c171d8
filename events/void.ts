import { z } from 'zod';
import { Id, Reason } from './fields.ts';

export const voidableKinds = ['scan', 'walk-in', 'arrival', 'sale', 'return', 'stock-entry'] as const;
export type VoidableKind = (typeof voidableKinds)[number];

/** Why an undo of a fact that is known changes nothing. */
export const voidRefusals = ['fair-closed', 'not-yours', 'too-late', 'already-voided', 'has-returns'] as const;
export type VoidRefusal = (typeof voidRefusals)[number];

export const voidEvents = {
  /**
   * An undo (hủy ghi nhận), in the stream of what it undoes. `target` is the id the client gave that fact.
   * Whether it takes effect is decided by `voidTakesEffect`, here and in every projection; it may arrive before its target.
   */
  FactVoided: z.strictObject({
    void: Id,
    kind: z.enum(voidableKinds),
    target: Id,
    reason: Reason,
    /** In whose stream it stands: the pass of a scan, null for a code that is no pass. What is elsewhere is not undone. */
    pass: Id.nullable().optional(),
    /** The group of an arrival, likewise. */
    group: Id.optional(),
    /** The sale that a return is of, likewise. */
    sale: Id.optional(),
  }),
};
