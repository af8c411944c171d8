import type { EventMeta, StoredEvent } from '../../../events/envelope.ts';

/** Columns of `events` in the order of `EventRow`. Times leave the server in seconds, which is the cheapest exact form. */
export const eventColumns = `e.position, e.event_id, e.stream, e.version, e.type, e.schema, e.data, e.meta,
  date_part('epoch', e.occurred_at), date_part('epoch', e.recorded_at)`;

export type EventRow = [
  position: number,
  id: string,
  stream: string,
  version: number,
  type: string,
  schema: number,
  data: unknown,
  meta: EventMeta,
  occurredSeconds: number,
  recordedSeconds: number,
  /** Which of several requests this row answers, from 1. */
  request?: number,
];

/** Only `append_events` writes rows, so their types are true. */
export const toStoredEvent = (row: EventRow): StoredEvent => ({
  id: row[1],
  type: row[4],
  schema: row[5],
  data: row[6],
  meta: row[7],
  occurredAt: Math.round(row[8] * 1000),
  stream: row[2],
  version: row[3],
  position: row[0],
  recordedAt: Math.round(row[9] * 1000),
});
