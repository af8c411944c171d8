import type { ProjectedEvent } from './envelope.ts';

type Data = Readonly<Record<string, unknown>>;

/** Each lifts the data of one event from the schema version in its key to the next. */
const upcasters: { readonly [typeAndSchema: string]: (data: Data) => Data } = {
  /** Until schema 2 people without a pass were only counted on their way in. */
  'WalkInsCounted/1': (data) => ({ ...data, direction: 'in' }),
};

/** Lifts a stored event through every upcaster there is for it; the log itself is never rewritten. */
export function upcast<Event extends ProjectedEvent>(event: Event): Event {
  const lift = upcasters[`${event.type}/${event.schema}`];
  return lift && isData(event.data) ? upcast({ ...event, schema: event.schema + 1, data: lift(event.data) }) : event;
}

const isData = (data: unknown): data is Data => typeof data === 'object' && data !== null;
