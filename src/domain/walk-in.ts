import type { DataOf } from '../../events/catalogue.ts';
import type { Decided } from './decision.ts';
import { isAfterClosing, type OpenFair } from './fair.ts';
import { placeOf } from './place.ts';
import type { Wrong } from './wrong-field.ts';

type Count = Omit<DataOf<'WalkInsCounted'>, 'site'>;

/** One press of the counter (đếm tay). People without a pass cannot be told apart, so every press counts. */
export function countWalkIns(
  count: Count,
  { fair, occurredAt }: { readonly fair: OpenFair; readonly occurredAt: number },
): Decided<'WalkInsCounted', 'fair-closed'> | Wrong {
  const gate = placeOf(fair, { gate: count.gate, occurredAt });
  if ('wrong' in gate) return gate;
  if (isAfterClosing(fair, occurredAt)) return { refused: 'fair-closed' };
  return { type: 'WalkInsCounted', data: { ...count, site: gate.site } };
}
