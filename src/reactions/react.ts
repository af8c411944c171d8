import { type EventOf, type EventType, type FairEvent, isEventType, toFairEvent } from '../../events/catalogue.ts';
import type { StoredEvent } from '../../events/envelope.ts';
import { releaseBooths, tellOfAssignment, tellOfRelease } from './booths.ts';
import { revokeTokens } from './devices.ts';
import type { ReactionPorts } from './follow.ts';

type Reactions = { readonly [Type in EventType]?: (event: EventOf<Type>, ports: ReactionPorts) => Promise<void> };

/**
 * What follows from which fact. Each may be done again, and in any order with the others: commands have ids derived
 * from the fact, and what is told twice or late changes nothing.
 */
const reactions: Reactions = {
  BoothAssigned: tellOfAssignment,
  BoothReleased: tellOfRelease,
  ApplicationWithdrawn: releaseBooths,
  ApplicationCancelled: releaseBooths,
  ApplicationDeclined: releaseBooths,
  ExhibitorAbsent: releaseBooths,
  DeviceRevoked: revokeTokens,
};

/** Whether anything follows from such a fact. One that only a newer program knows may lead to anything. */
export const leadsToMore = (type: string): boolean => !isEventType(type) || reactions[type] !== undefined;

/** The fact as of today where something follows from it. @throws UnknownEventType when a newer node wrote it */
export function toReactTo(stored: StoredEvent): FairEvent | undefined {
  if (!leadsToMore(stored.type)) return undefined;
  return toFairEvent(stored);
}

export const react = <Type extends EventType>(event: EventOf<Type>, ports: ReactionPorts): Promise<void> => {
  const reaction: Reactions[Type] = reactions[event.type];
  return reaction ? reaction(event, ports) : Promise.resolve();
};
