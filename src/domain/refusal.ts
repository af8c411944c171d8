import type { DataOf } from '../../events/catalogue.ts';
import type { Decided } from './decision.ts';

/**
 * Makes a no a fact, so that it stands: “sending twice changes nothing, whatever came back the first time” (domain, “At
 * the gate”).
 */
export const keepRefusal = (refusal: DataOf<'RequestRefused'>): Decided<'RequestRefused', never> => ({
  type: 'RequestRefused',
  data: refusal,
});
