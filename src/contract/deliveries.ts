import { z } from 'zod';
import { Moment } from '../../events/fields.ts';

const factsMax = 500;

const factKinds = ['scan', 'walk-in', 'arrival', 'void', 'stock-entry', 'sale', 'return', 'statement'] as const;

/**
 * One fact of a delivery: its kind and id, the other parts of its path (`group`; `exhibitor`, `sale`, `date`), and the
 * body that its own PUT would have.
 */
export const FactItem = z.strictObject({
  kind: z.enum(factKinds),
  id: z.string(),
  group: z.string().optional(),
  exhibitor: z.string().optional(),
  sale: z.string().optional(),
  date: z.string().optional(),
  body: z.record(z.string(), z.unknown()),
});
export type FactItem = z.infer<typeof FactItem>;

/** Items are read one by one, so that a broken one stops no other; each is a FactItem. */
export const DeliveryBody = z.strictObject({
  sentAt: Moment.optional().describe('When this delivery was sent, for every item whose body does not say it itself'),
  items: z.array(z.unknown()).min(1).max(factsMax),
});

/** What each item’s own PUT would have answered, in the order of the items. */
export const Delivered = z.object({
  items: z.array(z.object({ id: z.string().nullable(), status: z.int(), body: z.unknown() })),
});
