import type { ProjectedFact } from '../events/catalogue.ts';
import { isMoment } from '../events/fields.ts';

/** @throws RangeError for a fact on a day that no column can hold */
export function checkMoment({ occurredAt, position }: ProjectedFact): void {
  if (!isMoment(occurredAt)) throw new RangeError(`event ${position} happened at ${occurredAt}, which is no moment`);
}
