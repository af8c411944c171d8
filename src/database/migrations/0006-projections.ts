import { sql } from 'kysely';
import type { Migration } from '../migration.ts';

/**
 * What the projector remembers besides the projections themselves. Their tables live in schemas of their own,
 * `projections_<generation>`, which the application makes and drops while it runs.
 */
export const projections: Migration = {
  name: '0006-projections',
  up: async (transaction) => {
    for (const statement of [generations, parked, closings, held, grants]) {
      await sql.raw(statement).execute(transaction);
    }
  },
};

/** The row of a generation is its checkpoint and the lease on it at once, so that both change in one step. */
const generations = `
create table projection_generations (
  generation int generated always as identity primary key,
  definition int not null,
  state text not null check (state in ('building', 'current', 'retired')),
  position bigint not null default 0,
  holder text,
  epoch bigint not null default 0,
  heartbeat_at timestamptz,
  retired_at timestamptz,
  created_at timestamptz not null default now()
) with (fillfactor = 50);
-- Readers of one definition find one generation.
create unique index projection_generations_current on projection_generations (definition) where state = 'current'`;

const parked = `
create table parked_events (
  generation int not null references projection_generations on delete cascade,
  position bigint not null,
  projection text not null,
  fair uuid not null,
  type text not null,
  error text not null,
  parked_at timestamptz not null default now(),
  primary key (generation, position, projection)
)`;

const closings = `
create table closed_fairs (
  generation int not null references projection_generations on delete cascade,
  fair uuid not null,
  position bigint not null,
  primary key (generation, fair)
)`;

const held = `
create table held_events (
  generation int not null references projection_generations on delete cascade,
  fair uuid not null,
  position bigint not null,
  type text not null,
  primary key (generation, fair, position)
)`;

const grants = `
grant select, insert, update, delete on projection_generations, parked_events, closed_fairs, held_events to hoi_sach_app`;
