import { Kysely, PostgresDialect } from 'kysely';
import type pg from 'pg';
import type { GenerationTables } from '../../projections/generations/tables.ts';

/** The application's connections, seen by the projector. */
export type ProjectorDatabase = Kysely<GenerationTables>;

/** Uses the pool's connections and types; whoever made the pool closes it. */
export const projectorDatabase = (pool: pg.Pool): ProjectorDatabase =>
  new Kysely({ dialect: new PostgresDialect({ pool }) });
