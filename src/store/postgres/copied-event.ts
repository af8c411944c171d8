import type { ProjectedEvent } from '../../../events/envelope.ts';
import type { CopiedActors } from './copied-actors.ts';

/** In the order in which `copiedEvent` reads them. All metadata would be as long as the data are. */
export const copiedColumns = `e.position, e.event_id, e.stream, e.version, e.type, e.schema, e.data,
  e.meta ->> 'fair', e.meta -> 'actor' ->> 'role', e.meta -> 'actor' ->> 'id', e.occurred_at, e.recorded_at`;

/**
 * An event as COPY writes it in its binary form, a message each: no time is spent on writing numbers, ids and moments
 * as text and reading them again. Source: PostgreSQL's documentation, “COPY”, “Binary Format”.
 * @param isFirst the first message begins with a header
 * @returns undefined for the message that ends the rows
 */
export function copiedEvent(message: Buffer, isFirst: boolean, actors: CopiedActors): ProjectedEvent | undefined {
  const start = isFirst ? headerBytes : 0;
  const count = message.readInt16BE(start);
  if (count === trailer) return undefined;
  if (count !== columns) throw new Error(`an event was copied with ${count} columns`);
  const streamAt = start + 2 + lengthBytes + bigintBytes + lengthBytes + uuidBytes + lengthBytes;
  const versionAt = endOf(message, streamAt) + lengthBytes;
  const typeAt = versionAt + intBytes + lengthBytes;
  const schemaAt = endOf(message, typeAt) + lengthBytes;
  const dataAt = schemaAt + intBytes + lengthBytes;
  const fairAt = endOf(message, dataAt) + lengthBytes;
  const roleAt = endOf(message, fairAt) + lengthBytes;
  const actorAt = endOf(message, roleAt) + lengthBytes;
  const occurredAt = endOf(message, actorAt) + lengthBytes;
  const data: unknown = JSON.parse(jsonAt(message, dataAt));
  return {
    id: uuidAt(message, start + 2 + lengthBytes + bigintBytes + lengthBytes),
    type: textAt(message, typeAt),
    schema: message.readInt32BE(schemaAt),
    data,
    meta: actors.of(
      textAt(message, fairAt),
      textAt(message, roleAt),
      message.toString('utf8', actorAt, endOf(message, actorAt)),
    ),
    occurredAt: momentAt(message, occurredAt),
    stream: textAt(message, streamAt),
    version: message.readInt32BE(versionAt),
    position: integerAt(message, start + 2 + lengthBytes),
    recordedAt: momentAt(message, occurredAt + bigintBytes + lengthBytes),
  };
}

const columns = 12;
/** What ends the rows, in place of their number of columns. */
const trailer = -1;
/** A signature of 11 bytes, flags, and the length of an extension, which there is none of. */
const headerBytes = 19;
/** Each value comes after its length. */
const lengthBytes = 4;
const [intBytes, bigintBytes, uuidBytes] = [4, 8, 16];

/**
 * Where the value ends that begins at `at`.
 * @throws Error where there is none: metadata that `append_events` has not written may lack one
 */
function endOf(message: Buffer, at: number): number {
  const length = message.readInt32BE(at - lengthBytes);
  if (length < 0) throw new Error('an event was copied that lacks a value');
  return at + length;
}

/** Of ASCII alone. */
const textAt = (message: Buffer, at: number): string => message.toString('latin1', at, endOf(message, at));

/** After the version of the format, which is 1 byte. */
const jsonAt = (message: Buffer, at: number): string => message.toString('utf8', at + 1, endOf(message, at));

/** Positions and microseconds are below 2⁵³. */
const integerAt = (message: Buffer, at: number): number =>
  message.readInt32BE(at) * 2 ** 32 + message.readUInt32BE(at + 4);

/** In ms since 1970; PostgreSQL counts microseconds from the year 2000. */
const momentAt = (message: Buffer, at: number): number => Math.round(integerAt(message, at) / 1000) + year2000;
const year2000 = Date.UTC(2000);

function uuidAt(message: Buffer, at: number): string {
  const hex = message.toString('hex', at, at + uuidBytes);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
