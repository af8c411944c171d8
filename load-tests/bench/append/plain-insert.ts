import { type Contestant, type Database, execute, openPool } from './contestant.ts';
import { meta, newId, pastId, visit } from './visits.ts';

/**
 * One INSERT per event into a table like ours: no expected version, positions with gaps and out of commit order. It is
 * what one would write by hand, and no event store.
 */
export async function plainInsert(database: Database, events: number): Promise<Contestant> {
  await execute(
    database,
    `create table events (position bigint generated always as identity primary key, event_id uuid not null unique,
       stream text not null, version int not null, type text not null, schema int not null, data jsonb not null,
       meta jsonb not null, occurred_at timestamptz not null, recorded_at timestamptz not null default now(),
       unique (stream, version))`,
    `insert into events (event_id, stream, version, type, schema, data, meta, occurred_at)
      select ${pastId('event', events)}, 'pass-' || ${pastId('pass', events)}, 1, 'VisitorCheckedIn', 1,
             '${JSON.stringify(visit())}', '${JSON.stringify(meta())}', now()
        from generate_series(1, ${events}) i`,
    'vacuum analyze events',
  );
  const pool = openPool(database);
  const text = `insert into events (event_id, stream, version, type, schema, data, meta, occurred_at)
    values ($1, $2, 1, 'VisitorCheckedIn', 1, $3, $4, $5)`;
  return {
    name: 'insert',
    append: async () => {
      const data = visit();
      const values = [newId(), `pass-${data.pass}`, JSON.stringify(data), JSON.stringify(meta()), new Date()];
      await pool.query({ name: 'insert', text, values });
    },
    close: () => pool.end(),
  };
}
