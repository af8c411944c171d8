import type { JSONEventData, JSONType, RecordedEvent } from '@eventstore/db-client';
import { z } from 'zod';
import type { EventMeta, NewEvent } from '../../../events/envelope.ts';
import { NotStorable, parseMeta, type Storable } from '../storable.ts';

/** An event of ours as KurrentDB holds it, in the stream of this name in our log. */
export type Written = NewEvent & {
  readonly stream: string;
  readonly version: number;
  /** KurrentDB's position, in bytes of its log. */
  readonly commit: number;
  /** Milliseconds since 1970, as whoever wrote it read its clock; several nodes may disagree. */
  readonly proposedAt: number;
  /** Which call wrote it, among those that brought the same id. */
  readonly attempt: string;
};

const Metadata = z.object({
  schema: z.int(),
  occurredAt: z.int(),
  recordedAt: z.int(),
  attempt: z.string(),
  meta: z.custom<EventMeta>((meta) => typeof meta === 'object' && meta !== null && 'digest' in meta),
});

/** Somebody else wrote into a stream of ours. */
export class ForeignEvent extends Error {
  override readonly name = 'ForeignEvent';
}

/** What is sent for one item; the log's own fields are in the metadata, beside the event's meta. */
export const toEventData = (
  { event, data, meta }: Storable,
  { proposedAt, attempt }: Pick<Written, 'proposedAt' | 'attempt'>,
): JSONEventData => ({
  id: event.id,
  contentType: 'application/json',
  type: event.type,
  data: parseJson(data),
  metadata: {
    schema: event.schema,
    occurredAt: event.occurredAt,
    recordedAt: proposedAt,
    attempt,
    meta: { ...parseMeta(meta) },
  } satisfies z.input<typeof Metadata>,
});

/**
 * @param name of our log, which its streams begin with
 * @throws ForeignEvent
 */
export function toWritten(recorded: RecordedEvent, name: string): Written {
  const { id, type, data, metadata, revision, position, streamId } = recorded;
  const parsed = Metadata.safeParse(metadata);
  if (!parsed.success) throw new ForeignEvent(`event ${revision} of the stream ${streamId} was not written by us`);
  const { schema, occurredAt, recordedAt, attempt, meta } = parsed.data;
  return {
    id,
    type,
    schema,
    data,
    meta,
    occurredAt,
    stream: streamId.slice(name.length),
    version: Number(revision) + 1,
    commit: toCommit(position?.commit ?? -1n),
    proposedAt: recordedAt,
    attempt,
  };
}

/** @throws RangeError beyond 2⁵³ bytes of log, which is nine petabytes */
export function toCommit(position: bigint): number {
  const commit = Number(position);
  if (!Number.isSafeInteger(commit)) throw new RangeError(`${position} is not a position that a number holds exactly`);
  return commit;
}

/** KurrentDB takes at most 1 MiB in one append, unless told otherwise: the data, the metadata, and the type in UTF-16. */
export const appendBytesMax = 1_048_576;

/** What an event's data may have as UTF-8 JSON; the rest is ample for its metadata. */
export const dataBytesMax = 1_000_000;

const bytesBeside = 500;

/** The share of an event in the limit of an append, in bytes. */
export const bytesOf = ({ data, meta, event }: Storable): number =>
  Buffer.byteLength(data) + Buffer.byteLength(meta) + 2 * event.type.length + bytesBeside;

/** @returns the item, or why this store cannot take it though others can */
export const fitting = (item: Storable | NotStorable): Storable | NotStorable =>
  item instanceof NotStorable || (Buffer.byteLength(item.data) <= dataBytesMax && bytesOf(item) <= appendBytesMax)
    ? item
    : new NotStorable(`${item.event.type} has more than ${dataBytesMax} bytes, which KurrentDB does not take`);

const parseJson: (json: string) => JSONType = JSON.parse;
