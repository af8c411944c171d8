import type { FiguresDocument, PublicFigures } from '../contract/figures.ts';

/** Who looks: a viewer or more sees all figures, everybody else the total. */
export type Audience = 'viewers' | 'everybody';

/**
 * What a document shows, as a text that is another one when there is something new to tell: everybody is told when the
 * total changes; viewers of anything, and of the time every minute.
 */
export function shownTo(audience: Audience, document: FiguresDocument | PublicFigures): string {
  const minute = document.asOf.slice(0, 'yyyy-mm-ddThh:mm'.length);
  return JSON.stringify({
    ...document,
    ...(audience === 'everybody' ? { asOf: '', position: 0 } : { asOf: minute }),
  });
}
