import type { DataOf, EventOf, EventType, FairEvent } from '../../events/catalogue.ts';

/** What a recorded fact says, where only one type of fact can stand under a command's id. */
export function dataOf<Type extends EventType>(event: FairEvent, type: Type): DataOf<Type> {
  if (!isOf(event, type)) throw new Error(`event ${event.position} is a ${event.type}, not a ${type}`);
  return event.data;
}

const isOf = <Type extends EventType>(event: FairEvent, type: Type): event is Extract<FairEvent, EventOf<Type>> =>
  event.type === type;

/** RFC 3339 in UTC, as answers give times. */
export const timeText = (ms: number): string => new Date(ms).toISOString();
