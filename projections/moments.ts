import type { FairEvent } from '../events/catalogue.ts';
import { isMoment } from '../events/fields.ts';

/** @throws RangeError for a fact on a day that no column can hold */
export function checkMoment({ occurredAt, position }: FairEvent): void {
  if (!isMoment(occurredAt)) throw new RangeError(`event ${position} happened at ${occurredAt}, which is no moment`);
}
