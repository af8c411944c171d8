import { sql } from 'kysely';
import type { Migration } from '../migration.ts';

/** The only personal data there are, each entry encrypted under a key of its own. */
export const vault: Migration = {
  name: '0004-vault',
  up: async (transaction) => {
    await sql`
      create table contacts (
        reference uuid primary key,
        fair uuid not null,
        kind text not null check (kind in ('representative', 'group-leader', 'visitor')),
        -- The entry's own key, sealed by the master key. An erased entry keeps its reference, so that a late repeat brings nothing back.
        sealed_key bytea,
        sealed_contact bytea,
        created_at timestamptz not null,
        erased_at timestamptz,
        check ((sealed_key is null) = (erased_at is not null)),
        check ((sealed_contact is null) = (erased_at is not null))
      )`.execute(transaction);
    // The register of processing and the purge after closing walk the entries of one fair.
    await sql`create index contacts_of_fair on contacts (fair, kind)`.execute(transaction);
    // What the master key makes of a constant: a server with another key is told so before it writes what nobody can read.
    await sql`
      create table key_checks (
        only_row boolean primary key default true check (only_row),
        value bytea not null
      )`.execute(transaction);
    await sql`grant select, insert, update, delete on contacts to hoi_sach_app`.execute(transaction);
    await sql`grant select, insert on key_checks to hoi_sach_app`.execute(transaction);
  },
};
