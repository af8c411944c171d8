import { Kysely, PostgresDialect } from 'kysely';
import type pg from 'pg';
import type { GenerationTables } from '../../projections/generations/tables.ts';
import { inTime } from '../database/in-time.ts';

/** The application's connections, seen by the projector. */
export type ProjectorDatabase = Kysely<GenerationTables>;

/**
 * The longest statements by far: all rows of a table compared, its indexes made, a schema dropped. What takes longer is
 * taken for lost. A node whose connection is silent for seconds only loses its lease to another one meanwhile.
 */
const statementSecondsMax = 300;

/** Uses the pool's connections and types; whoever made the pool closes it. */
export const projectorDatabase = (pool: pg.Pool): ProjectorDatabase =>
  new Kysely({ dialect: new PostgresDialect({ pool: inTime(pool, statementSecondsMax) }) });
