import pg from 'pg';
import { types } from '../database/connect.ts';

type About = {
  readonly applicationName: string;
  readonly connectionsMax: number;
  /** A statement that takes longer is taken for lost. */
  readonly statementSecondsMax: number;
};

/** Connections of a store's own, for single questions. */
export function askingPool(url: string, { applicationName, connectionsMax, statementSecondsMax }: About): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    application_name: applicationName,
    max: connectionsMax,
    types,
    keepAlive: true,
    connectionTimeoutMillis: statementSecondsMax * 1000,
    query_timeout: statementSecondsMax * 1000,
  });
  // An idle connection that breaks is replaced by the next question; without a listener it would end the process.
  pool.on('error', () => {});
  return pool;
}
