import type { FairEvent } from '../../events/catalogue.ts';

/** An event above its fair's closing, kept from the figures until they are reopened. */
export type Held = { readonly fair: string; readonly position: number; readonly type: string };

/** What a batch means for the projections that a closing freezes. */
export type Sorted = {
  readonly passing: readonly FairEvent[];
  readonly held: readonly Held[];
  /** Fairs whose events held by earlier batches are to be let through. */
  readonly reopened: readonly string[];
  /** Closed fairs after the batch, with the position of the closing. */
  readonly closed: ReadonlyMap<string, number>;
};

/**
 * Final figures are those of the log up to the closing's position: holds back what comes later, and lets it through
 * when the figures are reopened.
 */
export function sortByClosing(events: readonly FairEvent[], closedBefore: ReadonlyMap<string, number>): Sorted {
  const closed = new Map(closedBefore);
  const reopened = new Set<string>();
  const passing: FairEvent[] = [];
  let held: FairEvent[] = [];
  for (const event of events) {
    const { fair } = event.meta;
    if (event.type === 'FiguresReopened' && closed.has(fair)) {
      closed.delete(fair);
      if (closedBefore.has(fair)) reopened.add(fair);
      passing.push(...held.filter(({ meta }) => meta.fair === fair));
      held = held.filter(({ meta }) => meta.fair !== fair);
    }
    if (closed.has(fair)) held.push(event);
    else passing.push(event);
    if (event.type === 'FiguresClosed' && !closed.has(fair)) closed.set(fair, event.position);
  }
  return {
    passing,
    held: held.map(({ meta, position, type }) => ({ fair: meta.fair, position, type })),
    reopened: [...reopened],
    closed,
  };
}
