import { sql } from 'kysely';
import type { Migration } from '../migration.ts';

/** The role the application works as. It owns no table; each migration grants it what its tables allow. */
export const appRole: Migration = {
  name: '0001-app-role',
  up: async (transaction) => {
    await sql`
      do $$
      begin
        if not exists (select from pg_roles where rolname = 'hoi_sach_app') then
          create role hoi_sach_app nologin;
        end if;
      exception when duplicate_object or unique_violation then
        null;
      end $$`.execute(transaction);
    await sql`revoke create on schema public from public`.execute(transaction);
    await sql`grant usage on schema public to hoi_sach_app`.execute(transaction);
    await sql`grant select on migrations to hoi_sach_app`.execute(transaction);
  },
};
