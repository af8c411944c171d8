import { sql } from 'kysely';
import type { Migration } from '../migration.ts';

/** The Merkle tree over the log, and the heads of it that were signed. The key that signs is not in the database. */
export const seal: Migration = {
  name: '0009-seal',
  up: async (transaction) => {
    for (const statement of [progress, tiles, checkpoints, keys, grants]) {
      await sql.raw(statement).execute(transaction);
    }
  },
};

/** How many leaves the tree has, and the log position of the last; whoever locks the row may seal. */
const progress = `
create table seal_progress (
  only_row boolean primary key default true check (only_row),
  size bigint not null default 0,
  position bigint not null default 0
) with (fillfactor = 50);
insert into seal_progress default values`;

/** Tiles of C2SP tlog-tiles, 32 bytes a hash. Leaves keep the positions of their events, which have gaps in some stores. */
const tiles = `
create table seal_tiles (
  level int not null,
  index bigint not null,
  hashes bytea not null,
  first_position bigint,
  positions bigint[],
  primary key (level, index),
  check ((level = 0) = (positions is not null) and (level = 0) = (first_position is not null))
);
-- Hashes cannot be compressed.
alter table seal_tiles alter column hashes set storage external;
-- The leaf of an event is found by its position.
create index seal_tiles_position on seal_tiles (first_position) where level = 0`;

const checkpoints = `
create table checkpoints (
  size bigint primary key,
  note text not null,
  sealed_at timestamptz not null default clock_timestamp()
)`;

/** Public halves, for whoever asks a node that has no copy of its own. */
const keys = `
create table seal_keys (
  verifier text primary key,
  from_size bigint not null,
  handover text
)`;

const grants = `
grant select, update on seal_progress to hoi_sach_app;
grant select, insert, update on seal_tiles, checkpoints, seal_keys to hoi_sach_app`;
