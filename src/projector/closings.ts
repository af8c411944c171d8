import type { ProjectedFact } from '../../events/catalogue.ts';

/** An event above its fair's closing, kept from the figures until they are reopened. */
export type Held = { readonly fair: string; readonly position: number; readonly type: string };

/** What a batch means for the projections that a closing freezes. */
export type Sorted = {
  readonly passing: readonly ProjectedFact[];
  readonly held: readonly Held[];
  /** Fairs whose events held by earlier batches are to be let through, each with the position of its reopening. */
  readonly reopened: ReadonlyMap<string, number>;
  /** Of events that were held within the batch itself, the position of the reopening that let them through. */
  readonly letThrough: ReadonlyMap<number, number>;
  /** Closed fairs after the batch, with the position of the closing. */
  readonly closed: ReadonlyMap<string, number>;
};

/**
 * Final figures are those of the log up to the closing's position: holds back what comes later, and lets it through
 * when the figures are reopened.
 */
export function sortByClosing(events: readonly ProjectedFact[], closedBefore: ReadonlyMap<string, number>): Sorted {
  if (closedBefore.size === 0 && !events.some(({ type }) => type === 'FiguresClosed'))
    return { passing: events, held: [], reopened: new Map(), letThrough: new Map(), closed: closedBefore };
  const closed = new Map(closedBefore);
  const reopened = new Map<string, number>();
  const letThrough = new Map<number, number>();
  const passing: ProjectedFact[] = [];
  let held: ProjectedFact[] = [];
  for (const event of events) {
    const { fair } = event.meta;
    if (event.type === 'FiguresReopened' && closed.has(fair)) {
      closed.delete(fair);
      if (closedBefore.has(fair) && !reopened.has(fair)) reopened.set(fair, event.position);
      for (const waiting of held.filter(({ meta }) => meta.fair === fair)) {
        letThrough.set(waiting.position, event.position);
        passing.push(waiting);
      }
      held = held.filter(({ meta }) => meta.fair !== fair);
    }
    if (closed.has(fair)) held.push(event);
    else passing.push(event);
    if (event.type === 'FiguresClosed' && !closed.has(fair)) closed.set(fair, event.position);
  }
  return {
    passing,
    held: held.map(({ meta, position, type }) => ({ fair: meta.fair, position, type })),
    reopened,
    letThrough,
    closed,
  };
}
