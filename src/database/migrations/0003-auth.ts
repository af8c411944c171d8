import { sql } from 'kysely';
import type { Migration } from '../migration.ts';

/** Who may: tokens, sessions, one-time secrets and links, each only as the SHA-256 of its secret. */
export const auth: Migration = {
  name: '0003-auth',
  up: async (transaction) => {
    await sql`
      create table credentials (
        secret_hash bytea primary key check (length(secret_hash) = 32),
        kind text not null check (kind in ('token', 'session', 'sign-in', 'enrolment', 'link')),
        role text not null,
        -- The only fair it is good for; null for the owner and for auditors of all fairs.
        fair uuid,
        -- The lasting reference of whoever holds it: a device, an exhibitor, an application, a group, an account.
        subject text not null,
        -- The id it was asked for with, so that it can be named and revoked without its secret.
        name text,
        -- Who asked for it and what with (SHA-256, base64url): the same again is a repeat, anything else is not.
        digest text,
        -- The link that a session was opened with, and dies with.
        opened_by bytea,
        created_at timestamptz not null,
        expires_at timestamptz,
        used_at timestamptz,
        revoked_at timestamptz
      )`.execute(transaction);
    // A name stands for one credential of its fair.
    await sql`create unique index credentials_by_name on credentials (fair, name)`.execute(transaction);
    // Revoking a link finds the sessions it opened.
    await sql`create index credentials_by_link on credentials (opened_by) where opened_by is not null`.execute(
      transaction,
    );
    // A device that is revoked loses everything it holds, at once.
    await sql`create index credentials_of_subject on credentials (subject)`.execute(transaction);
    await sql`grant select, insert, update, delete on credentials to hoi_sach_app`.execute(transaction);
  },
};
