import { type FairEvent, toFairEvent, UnknownEventType } from '../../events/catalogue.ts';
import type { ProjectedEvent, StoredEvent } from '../../events/envelope.ts';

/** An event that cannot be taken in, and never will be. `projection` says by whom. */
export type Parked = { readonly event: ProjectedEvent; readonly projection: string; readonly error: string };

export type Upcast = {
  readonly events: readonly FairEvent[];
  readonly parked: readonly Parked[];
  /** The first event that only a newer program knows; what follows it is not in `events`. */
  readonly unknown: UnknownEventType | undefined;
  /** How many of the stored events are done with. */
  readonly done: number;
};

/** Brings events to today's schema as far as that goes. */
export function upcastAll(stored: readonly StoredEvent[]): Upcast {
  const events: FairEvent[] = [];
  const parked: Parked[] = [];
  for (const [done, event] of stored.entries()) {
    try {
      events.push(toFairEvent(event));
    } catch (error) {
      if (error instanceof UnknownEventType) return { events, parked, unknown: error, done };
      parked.push({ event, projection: 'upcast', error: error instanceof Error ? error.message : String(error) });
    }
  }
  return { events, parked, unknown: undefined, done: stored.length };
}
