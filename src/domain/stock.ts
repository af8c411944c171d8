import type { stockRefusals } from '../../events/books.ts';
import type { DataOf } from '../../events/catalogue.ts';
import type { Decided } from './decision.ts';
import { isAfterClosing, type OpenFair } from './fair.ts';
import { longBefore } from './place.ts';
import type { Wrong } from './wrong-field.ts';

/**
 * Copies put out, added, taken away, given away or counted at the end. It happened, so it is recorded; whether the
 * counts fit each other is for the figures to say, since they may arrive in any order.
 * @param circumstances `occurredAt` in milliseconds since 1970
 */
export function recordStock(
  entry: DataOf<'StockRecorded'>,
  { fair, occurredAt }: { readonly fair: OpenFair; readonly occurredAt: number },
): Decided<'StockRecorded', (typeof stockRefusals)[number]> | Wrong {
  if (isAfterClosing(fair, occurredAt)) return { refused: 'fair-closed' };
  return longBefore(fair, occurredAt) ?? { type: 'StockRecorded', data: entry };
}
