import type { FairEvent } from '../../../events/catalogue.ts';
import { ofType, unvoided } from '../../recount/facts.ts';
import type { Deed } from '../truth/deed.ts';
import type { FairThen } from './fair-then.ts';
import { copiesBack, copiesSold, isVoided, targetsOf } from './refusals.ts';

/** Why a fact should not have become one, by what its own stream held; undefined where it rightly did. */
export function owedRefusal(
  deed: Deed,
  event: FairEvent,
  { before, fairs }: { readonly before: readonly FairEvent[]; readonly fairs: readonly FairThen[] },
): string | undefined {
  if (deed.kind === 'closing' || deed.kind === 'reopening') return undefined;
  const isTooLate = fairs.every(({ closedAt }) => closedAt !== null && event.occurredAt > closedAt);
  // What was shown to a visitor happened, and a revocation changes no figure by itself.
  if (isTooLate && deed.kind !== 'scan' && deed.kind !== 'revocation') return 'fair-closed';
  if (deed.kind === 'void') return owedToVoid(deed, event, before);
  return deed.kind === 'return' ? owedToReturn(deed, before) : undefined;
}

function owedToVoid(deed: Deed, event: FairEvent, before: readonly FairEvent[]): string | undefined {
  const [target] = targetsOf(deed, before);
  if (!target) return undefined;
  if (isVoided(target, before)) return 'already-voided';
  if (!isVoided(target, [...before, event])) return 'not-yours or too-late';
  const returns = ofType(before, 'SaleReturned').filter(({ data }) => data.sale === deed.body['id']);
  const standing = unvoided(before, returns, ({ data }) => ({ kind: 'return', id: data.return }));
  return deed.body['kind'] === 'sale' && standing.length > 0 ? 'has-returns' : undefined;
}

function owedToReturn(deed: Deed, before: readonly FairEvent[]): string | undefined {
  const sale = ofType(before, 'SaleRecorded').find(({ data }) => data.sale === deed.item?.sale);
  if (!sale) return undefined;
  if (isVoided(sale, before)) return 'sale-voided';
  const returns = ofType(before, 'SaleReturned');
  const standing = unvoided(before, returns, ({ data }) => ({ kind: 'return', id: data.return }));
  return copiesBack(deed, standing) > copiesSold(deed, before) ? 'more-than-sold' : undefined;
}
