import type { Generated } from 'kysely';

/** Every table of the schema `public`, for kysely. A migration that adds a table adds its type here. */
export type Tables = MigrationTables;

type MigrationTables = {
  migrations: { name: string; applied_at: Generated<Date> };
};
