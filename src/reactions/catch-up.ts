import type { StoredEvent } from '../../events/envelope.ts';
import type { Log } from '../log.ts';
import type { ReactionPorts } from './follow.ts';
import type { Progress } from './progress.ts';
import { react, toReactTo } from './react.ts';

export type Failure = { readonly event: StoredEvent; readonly error: unknown };
export type Step = {
  readonly progress: Progress;
  /** How many facts were read; fewer than asked for at the end of the log. */
  readonly read: number;
  readonly failures: readonly Failure[];
};

/**
 * Reacts to the next facts of the log. One whose reaction fails is parked, so that it holds up no other fair; since no
 * reaction depends on another's order, it may follow later.
 * @throws UnknownEventType before a fact that a newer node wrote, and whatever the store throws
 */
export async function reactToNext(ports: ReactionPorts, { position, parked }: Progress, limit: number): Promise<Step> {
  const events = await ports.store.follow(position, limit);
  const failures = await reactToAll(ports, events);
  const progress = { position: events.at(-1)?.position ?? position, parked: [...parked, ...positionsOf(failures)] };
  return { progress, read: events.length, failures };
}

/** Tries the parked facts again. */
export async function reactToParked(ports: ReactionPorts, { position, parked }: Progress): Promise<Step> {
  const events = await ports.store.readAt(parked);
  const failures = await reactToAll(ports, events);
  return { progress: { position, parked: positionsOf(failures) }, read: events.length, failures };
}

export function reportFailures(log: Pick<Log, 'error'>, step: Step): Step {
  for (const { event, error } of step.failures) {
    log.error({ err: error, position: event.position, type: event.type }, 'a reaction failed and is parked');
  }
  return step;
}

async function reactToAll(ports: ReactionPorts, events: readonly StoredEvent[]): Promise<Failure[]> {
  const failures: Failure[] = [];
  for (const stored of events) {
    const event = toReactTo(stored);
    if (!event) continue;
    try {
      await react(event, ports);
    } catch (error) {
      failures.push({ event: stored, error });
    }
  }
  return failures;
}

const positionsOf = (failures: readonly Failure[]): number[] => failures.map(({ event }) => event.position);
