import type { StoredEvent } from '../../events/envelope.ts';
import type { FreshDatabase } from './database.ts';

/** Writes events past the store, as its owner, with the positions and times that they have. */
export async function writeStored(database: FreshDatabase, events: readonly StoredEvent[]): Promise<void> {
  const rows = events.map(({ id, occurredAt, recordedAt, ...event }) => ({
    ...event,
    event_id: id,
    occurred_at: new Date(occurredAt),
    recorded_at: new Date(recordedAt),
  }));
  const quoted = JSON.stringify(rows).replaceAll("'", "''");
  await database.asOwner(`insert into events (position, event_id, stream, version, type, schema, data, meta, occurred_at, recorded_at)
    select position, event_id, stream, version, type, schema, data, meta, occurred_at, recorded_at
    from json_populate_recordset(null::events, '${quoted}')`);
}
