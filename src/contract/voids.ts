import { z } from 'zod';
import { Id, Reason } from '../../events/fields.ts';
import { voidableKinds, voidRefusals } from '../../events/void.ts';
import { Position, refused } from './answers.ts';
import { ShortCode, Token } from './scans.ts';
import { deviceTimes } from './times.ts';

/** `id` is the one that the client gave what is undone. */
const undo = { id: Id, reason: Reason, ...deviceTimes };

/** What finds a scan's stream: its pass, or the code that was read. Neither is for a known scan of no pass. */
const passOfScan = { pass: Id.optional(), token: Token.optional(), shortCode: ShortCode.optional() };

export const VoidBody = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('scan'), ...undo, ...passOfScan }),
  z.strictObject({ kind: z.literal('walk-in'), ...undo }),
  z.strictObject({ kind: z.literal('arrival'), ...undo, group: Id }),
  z.strictObject({ kind: z.literal('sale'), ...undo, exhibitor: Id }),
  z.strictObject({ kind: z.literal('return'), ...undo, exhibitor: Id, sale: Id }),
  z.strictObject({ kind: z.literal('stock-entry'), ...undo, exhibitor: Id }),
]);
export const FactVoided = z.union([
  z.object({
    outcome: z.enum(['voided', 'pending']).describe('pending until what it names arrives'),
    kind: z.enum(voidableKinds),
    id: Id,
    position: Position,
  }),
  refused(voidRefusals),
]);
