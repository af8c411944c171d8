import { sql } from 'kysely';
import type { Migration } from '../migration.ts';

/** What signs a fair's passes, and what their short codes stand for. */
export const passes: Migration = {
  name: '0005-passes',
  up: async (transaction) => {
    await sql`
      create table pass_keys (
        fair uuid primary key,
        public_key text not null,
        sealed_private_key bytea not null
      )`.execute(transaction);
    await sql`
      create table short_codes (
        fair uuid not null,
        -- HMAC of the code: the code itself opens a gate, so it is not kept.
        code_hash bytea not null,
        pass uuid not null,
        -- What the pass says of itself; it may have no fact yet.
        details jsonb not null,
        -- A code stands for one pass of its fair.
        primary key (fair, code_hash)
      )`.execute(transaction);
    await sql`grant select, insert on pass_keys to hoi_sach_app`.execute(transaction);
    await sql`grant select, insert, delete on short_codes to hoi_sach_app`.execute(transaction);
  },
};
