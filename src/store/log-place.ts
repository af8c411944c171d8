import { sql } from 'kysely';
import type { Database } from '../database/connect.ts';

/** Where the log is that a database's figures, tokens and contacts belong to. */
export type LogPlace = 'postgresql' | 'kurrentdb';

/** The configuration points at another log than the one this database was begun with. */
export class OtherLogError extends Error {
  override readonly name = 'OtherLogError';
}

/**
 * A database belongs to one log for good: positions in it mean nothing in another.
 * @throws OtherLogError
 */
export async function checkLogPlace(db: Database, place: LogPlace): Promise<void> {
  const { rows } = await sql<{ postgresql: boolean; kurrentdb: boolean }>`
    select exists (select from events) as postgresql, exists (select from kurrent_log where events > 0) as kurrentdb`.execute(
    db,
  );
  const [begun] = rows;
  if (place === 'postgresql' && begun?.kurrentdb)
    throw new OtherLogError('The log of this database is in KurrentDB: set EVENT_STORE to its address (esdb://…).');
  if (place === 'kurrentdb' && begun?.postgresql)
    throw new OtherLogError(
      'This database holds its own log. Start without EVENT_STORE, or with a new DATABASE_URL or DATA_DIR.',
    );
}
