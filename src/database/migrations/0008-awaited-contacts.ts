import { sql } from 'kysely';
import type { Migration } from '../migration.ts';

/** A contact is in the vault before the fact that refers to it: which stream that fact is awaited in. */
export const awaitedContacts: Migration = {
  name: '0008-awaited-contacts',
  up: async (transaction) => {
    // Null once the fact was seen, and for the entries of before.
    await sql`alter table contacts add column awaited_in text`.execute(transaction);
    await sql`create index contacts_awaited on contacts (created_at) where awaited_in is not null`.execute(transaction);
  },
};
