import type { EventMeta, NewEvent, StoredEvent } from '../../events/envelope.ts';
import type { AppendItem } from './event-store.ts';

/** An item that no store takes. Its neighbours are not concerned. */
export class NotStorable extends Error {
  override readonly name = 'NotStorable';
}

/** The parts of an item that are written as text; `data` and `meta` are JSON. */
export type Storable = AppendItem & { readonly data: string; readonly meta: string };

/**
 * Checks what a schema cannot know and every store must agree on. Text may hold neither NUL nor half a surrogate pair,
 * which PostgreSQL's jsonb refuses and UTF-8 silently changes.
 */
export function toStorable(item: AppendItem): Storable | NotStorable {
  const { stream, expectedVersion, event, condition } = item;
  if (!isStreamName(stream)) return new NotStorable(`not a stream's name: ${JSON.stringify(stream)}`);
  if (!isStreamName(event.type)) return new NotStorable(`not an event's type: ${JSON.stringify(event.type)}`);
  if (!isUuid.test(event.id)) return new NotStorable(`not a lower-case UUID: ${JSON.stringify(event.id)}`);
  if (!isWithin(expectedVersion, 0, versionMax)) return new NotStorable(`not a version: ${expectedVersion}`);
  if (condition && !isStreamName(condition.stream))
    return new NotStorable(`not a stream's name: ${JSON.stringify(condition.stream)}`);
  if (condition && !isWithin(condition.version, 0, versionMax))
    return new NotStorable(`not a version: ${condition.version}`);
  if (!isWithin(event.schema, 1, versionMax)) return new NotStorable(`not a schema version: ${event.schema}`);
  if (!isWithin(event.occurredAt, timeMin, timeMax)) return new NotStorable(`not a time: ${event.occurredAt}`);
  const data = toJson(event.data);
  const meta = toJson(event.meta);
  if (data === undefined || meta === undefined) {
    return new NotStorable(
      `${event.type} holds something JSON or PostgreSQL's text cannot: NUL, half a surrogate pair, a cycle or no value`,
    );
  }
  return { stream, expectedVersion, event, data, meta, ...(condition === undefined ? {} : { condition }) };
}

/** The data and the meta of a `Storable` as every store gives them back. */
const parseData: (json: string) => unknown = JSON.parse;
export const parseMeta: (json: string) => EventMeta = JSON.parse;

/** What is written of an item, the event's own data and meta being text. */
type Texts = Pick<Storable, 'stream' | 'data' | 'meta'> & {
  readonly event: Pick<NewEvent, 'id' | 'type' | 'schema' | 'occurredAt'>;
};

/** What every store gives back of an item that it took. */
export const toStored = (
  { stream, event: { id, type, schema, occurredAt }, data, meta }: Texts,
  { position, version, recordedAt }: Pick<StoredEvent, 'position' | 'version' | 'recordedAt'>,
): StoredEvent => ({
  id,
  type,
  schema,
  data: parseData(data),
  meta: parseMeta(meta),
  occurredAt,
  stream,
  version,
  position,
  recordedAt,
});

const charactersMax = 200;
const versionMax = 2 ** 31 - 2;
/** PostgreSQL's timestamps begin 4713 BC; JavaScript's end in the year 275760. */
const timeMin = -2.1e14;
const timeMax = 8.64e15;
const isUuid = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/;
const isPlain = /^[ -~]+$/;

/** Whether a stream (or a type of event) can be called this: 1–200 UTF-16 units, no control characters. */
export const isStreamName = (text: string): boolean =>
  text.length <= charactersMax &&
  (isPlain.test(text) || (text.length > 0 && text.isWellFormed() && !/\p{Cc}/u.test(text)));

const isWithin = (value: number, min: number, max: number): boolean =>
  Number.isSafeInteger(value) && value >= min && value <= max;

/** JSON text, or undefined where there is none that can be stored. */
function toJson(value: unknown): string | undefined {
  try {
    const text: string | undefined = JSON.stringify(value);
    return text !== undefined && (!text.includes('\\u') || isStorableJson(text)) ? text : undefined;
  } catch {
    return undefined;
  }
}

/** JSON.stringify escapes exactly what cannot be stored (NUL, half a pair) and other control characters. */
const isStorableJson = (text: string): boolean => !/(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/.test(text);
