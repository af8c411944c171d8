import pg from 'pg';
import type { LogItem } from './log/scribe.ts';

/** Stands in no JSON text unescaped and in no name of a stream. */
const separator = '\u001F';
const batchMax = 2000;

/** Writes items as events 1, 2, 3 … into the empty log of a migrated database, as its owner and past the store. */
export async function writeLog(ownerUrl: string, items: Iterable<LogItem>): Promise<void> {
  await inBatches(ownerUrl, items, insertEvents, 'vacuum analyze events');
}

/** The same events into Emmett's own tables, as its store keeps them: a stream for each of ours. */
export async function writeEmmettLog(ownerUrl: string, items: Iterable<LogItem>): Promise<void> {
  await inBatches(ownerUrl, items, insertMessages, 'vacuum analyze emt_messages');
}

async function inBatches(
  ownerUrl: string,
  items: Iterable<LogItem>,
  insert: string,
  afterwards: string,
): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    let position = 1;
    for (const batch of batchesOf(items)) {
      await client.query({ text: insert, values: columnsOf(batch, position) });
      position += batch.length;
    }
    await client.query(afterwards);
    await client.query('checkpoint');
  } finally {
    await client.end();
  }
}

function* batchesOf(items: Iterable<LogItem>): Generator<LogItem[], void> {
  let batch: LogItem[] = [];
  for (const item of items) {
    batch.push(item);
    if (batch.length < batchMax) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

const columnsOf = (items: readonly LogItem[], first: number): unknown[] => [
  first,
  items.map(({ event }) => event.id).join(separator),
  items.map(({ stream }) => stream).join(separator),
  items.map(({ expectedVersion }) => expectedVersion + 1).join(separator),
  items.map(({ event }) => event.type).join(separator),
  items.map(({ event }) => event.schema).join(separator),
  items.map(({ event }) => JSON.stringify(event.data)).join(separator),
  items.map(({ event }) => JSON.stringify(event.meta)).join(separator),
  items.map(({ event }) => event.occurredAt).join(separator),
  items.map(({ recordedAt }) => recordedAt).join(separator),
];

/** $1 is the position of the first; the rest are lists of text, joined by U+001F as in the store's own statement. */
const lists = `unnest(${[2, 3, 4, 5, 6, 7, 8, 9, 10].map((at) => `string_to_array($${at}, chr(31))`).join(', ')})
  with ordinality as i(id, stream, version, type, schema, data, meta, occurred, recorded, ordinal)`;

const insertEvents = `
  insert into events (position, event_id, stream, version, type, schema, data, meta, occurred_at, recorded_at)
  select $1::bigint - 1 + i.ordinal, i.id::uuid, i.stream, i.version::int, i.type, i.schema::int, i.data::jsonb,
         i.meta::jsonb, to_timestamp(i.occurred::bigint / 1000e0), to_timestamp(i.recorded::bigint / 1000e0)
    from ${lists} order by i.ordinal`;

/** When something happened is no column of Emmett's, so it goes with the metadata. */
const insertMessages = `
  insert into emt_messages (stream_position, transaction_id, stream_id, message_schema_version, message_id,
                            message_type, message_data, message_metadata)
  select i.version::bigint, pg_current_xact_id(), i.stream, i.schema, i.id, i.type, i.data::jsonb,
         i.meta::jsonb || jsonb_build_object('occurredAt', i.occurred::bigint)
    from ${lists} where $1::bigint > 0 order by i.ordinal`;
