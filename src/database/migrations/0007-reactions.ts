import { sql } from 'kysely';
import type { Migration } from '../migration.ts';

/** How far what follows from decisions has followed, in one row, which is the lease on it at once. */
export const reactions: Migration = {
  name: '0007-reactions',
  up: async (transaction) => {
    await sql`
      create table reaction_progress (
        only_row boolean primary key default true check (only_row),
        position bigint not null default 0,
        -- Facts below the position whose reaction failed and is tried again.
        parked bigint[] not null default '{}',
        holder text,
        -- Raised with every change of holder; what a former holder still writes fails.
        epoch bigint not null default 0,
        heartbeat_at timestamptz
      ) with (fillfactor = 50)`.execute(transaction);
    await sql`insert into reaction_progress default values`.execute(transaction);
    await sql`grant select, update on reaction_progress to hoi_sach_app`.execute(transaction);
  },
};
