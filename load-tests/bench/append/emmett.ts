import { getPostgreSQLEventStore } from '@event-driven-io/emmett-postgresql';
import { type Contestant, type Database, execute, openPool } from './contestant.ts';
import { meta, pastId, visit } from './visits.ts';

/** The best-known event store for PostgreSQL on npm, asked for the same: the stream must not exist. */
export async function emmett(database: Database, events: number): Promise<Contestant> {
  const pool = openPool(database);
  const store = getPostgreSQLEventStore(database.ownerUrl, { connectionOptions: { pool } });
  await store.schema.migrate();
  await execute(
    database,
    `insert into emt_streams (stream_id, stream_position, stream_type, stream_metadata)
      select 'pass-' || ${pastId('pass', events)}, 1, 'pass', '{}' from generate_series(1, ${events}) i`,
    `insert into emt_messages
        (stream_position, transaction_id, stream_id, message_schema_version, message_id, message_type, message_data, message_metadata)
      select 1, pg_current_xact_id(), 'pass-' || ${pastId('pass', events)}, '1', ${pastId('event', events)}, 'VisitorCheckedIn',
             '${JSON.stringify(visit())}', '${JSON.stringify(meta())}'
        from generate_series(1, ${events}) i`,
    'vacuum analyze emt_streams, emt_messages',
  );
  return {
    name: 'emmett',
    append: async () => {
      const data = visit();
      await store.appendToStream(`pass-${data.pass}`, [{ type: 'VisitorCheckedIn', data, metadata: meta() }], {
        expectedStreamVersion: 'STREAM_DOES_NOT_EXIST',
      });
    },
    close: async () => {
      await store.close();
      await pool.end();
    },
  };
}
