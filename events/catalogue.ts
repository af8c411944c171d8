import type { z } from 'zod';
import { applicationEvents } from './application.ts';
import { boothEvents } from './booth.ts';
import { catalogueEvents } from './catalogue-upload.ts';
import { deviceEvents } from './device.ts';
import type { EventMeta, NewEvent, ProjectedEvent, StoredEvent } from './envelope.ts';
import { dailyFiguresEvents, saleEvents, stockEvents } from './books.ts';
import { fairEvents } from './fair.ts';
import { groupEvents } from './group.ts';
import { passEvents } from './pass.ts';
import { refusalEvents } from './refusal.ts';
import { upcast } from './upcasters.ts';
import { voidEvents } from './void.ts';
import { walkInEvents } from './walk-in.ts';

/** Every event there is: its name and the schema of its data, as they are written today. */
export const eventSchemas = {
  ...fairEvents,
  ...deviceEvents,
  ...passEvents,
  ...voidEvents,
  ...refusalEvents,
  ...walkInEvents,
  ...groupEvents,
  ...applicationEvents,
  ...boothEvents,
  ...catalogueEvents,
  ...saleEvents,
  ...stockEvents,
  ...dailyFiguresEvents,
};

export type EventType = keyof typeof eventSchemas;
export type DataOf<Type extends EventType> = z.infer<(typeof eventSchemas)[Type]>;

/** A stored event whose data are of today's schema. */
export type EventOf<Type extends EventType> = { [T in Type]: StoredEvent<T, DataOf<T>> }[Type];
export type FairEvent = EventOf<EventType>;

/** The same as projections read it; every `FairEvent` is one. */
export type ProjectedOf<Type extends EventType> = { [T in Type]: ProjectedEvent<T, DataOf<T>> }[Type];
export type ProjectedFact = ProjectedOf<EventType>;

/** Schema versions above 1; `upcasters.ts` brings older data up to them. */
const schemaVersions: { readonly [Type in EventType]?: number } = { WalkInsCounted: 2 };

export const schemaVersionOf = (type: EventType): number => schemaVersions[type] ?? 1;

const eventTypes: ReadonlySet<string> = new Set(Object.keys(eventSchemas));

export const isEventType = (type: string): type is EventType => eventTypes.has(type);

/**
 * Makes an event of today's schema. Broken data here is a broken invariant, not bad input.
 * @throws ZodError when the data do not fit the event's schema.
 */
export function newEvent<Type extends EventType>(
  type: Type,
  data: DataOf<Type>,
  about: { id: string; occurredAt: number; meta: EventMeta },
): NewEvent<Type, DataOf<Type>> {
  eventSchemas[type].parse(data);
  return { id: about.id, type, schema: schemaVersionOf(type), data, meta: about.meta, occurredAt: about.occurredAt };
}

/** The types of events that say which application they are about. */
export const applicationTypes: readonly EventType[] = Object.keys(eventSchemas).filter(
  (type): type is EventType => isEventType(type) && 'application' in eventSchemas[type].shape,
);

/** A newer node wrote an event this one does not know; its projector must stop rather than skip it. */
export class UnknownEventType extends Error {
  constructor(event: ProjectedEvent) {
    super(`event ${event.position} has the unknown type ${event.type} (schema ${event.schema})`);
    this.name = 'UnknownEventType';
  }
}

/**
 * Brings a stored event to today's schema.
 * @throws UnknownEventType for a type or schema version that is newer than this code.
 */
export const toFairEvent = (stored: StoredEvent): FairEvent => brought(stored, isFairEvent);

/** The same for what was read for projections alone. @throws UnknownEventType */
export const toProjectedFact = (stored: ProjectedEvent): ProjectedFact => brought(stored, isProjectedFact);

function brought<Stored extends ProjectedEvent, Current extends Stored>(
  stored: Stored,
  isOfToday: (event: Stored) => event is Current,
): Current {
  if (isOfToday(stored)) return stored;
  const event = upcast(stored);
  if (!isOfToday(event)) throw new UnknownEventType(stored);
  return event;
}

const isFairEvent = (event: StoredEvent): event is FairEvent => isCurrent(event);
const isProjectedFact = (event: ProjectedEvent): event is ProjectedFact => isCurrent(event);

/** The log holds only what `newEvent` let in, so type and schema version say what the data are. */
const isCurrent = ({ type, schema }: Pick<StoredEvent, 'type' | 'schema'>): boolean =>
  isEventType(type) && schema === schemaVersionOf(type);
