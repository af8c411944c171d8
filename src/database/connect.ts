import { Kysely, PostgresDialect, type PostgresPool } from 'kysely';
import pg from 'pg';
import { inTime } from './in-time.ts';
import type { Tables } from './tables.ts';

export type Database = Kysely<Tables>;
export type Connection = {
  readonly db: Database;
  readonly pool: pg.Pool;
  /** The pool for whoever waits no longer than `db` does. */
  readonly answering: PostgresPool;
  readonly close: () => Promise<void>;
};

/** How long anybody who waits for an answer waits: a request's look-up, a step of the seal, the figures of a fair. */
const answerSecondsUsual = 30;

/** Idle connections are asked for a sign of life, so that what lies in between does not forget them. */
const keepAliveMs = 10_000;

/**
 * A pool of connections, which opens none before the first query. A statement of `db` that is not answered in time is
 * given up; over the pool itself everybody waits as long as they want to, but for a connection.
 * @param about.poolSizeMax connections; 10 unless told
 * @param about.answerSecondsMax 30 unless told
 */
export const connect = (
  url: string,
  { poolSizeMax = 10, applicationName = 'hoi-sach', answerSecondsMax = answerSecondsUsual } = {},
): Connection => {
  const pool = new pg.Pool({
    connectionString: url,
    max: poolSizeMax,
    application_name: applicationName,
    types,
    connectionTimeoutMillis: answerSecondsUsual * 1000,
    keepAlive: true,
    keepAliveInitialDelayMillis: keepAliveMs,
  });
  // A connection that breaks is replaced at the next query, or fails the one that uses it. Without a listener it would
  // end the process: while it is idle, and in the middle of a transaction, between two queries.
  pool.on('error', ignoreBrokenConnection);
  pool.on('connect', (client) => client.on('error', ignoreBrokenConnection));
  const answering = inTime(pool, answerSecondsMax);
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: answering }) });
  return { db, pool, answering, close: () => db.destroy() };
};

/** For a client of its own (LISTEN, a lock held for long) with the same types as the pool. */
export const openClient = async (url: string, applicationName: string): Promise<pg.Client> => {
  const client = new pg.Client({
    connectionString: url,
    application_name: applicationName,
    types,
    connectionTimeoutMillis: answerSecondsUsual * 1000,
    keepAlive: true,
    keepAliveInitialDelayMillis: keepAliveMs,
  });
  await client.connect();
  return client;
};

const ignoreBrokenConnection = (): void => {};

/** A value in the database that can never be read back exactly. */
export class InexactInteger extends RangeError {
  constructor(text: string) {
    super(`${text} is not an integer that a number holds exactly`);
    this.name = 'InexactInteger';
  }
}

const safeInteger = (text: string): number => {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new InexactInteger(text);
  return value;
};

const safeIntegers = (text: string): number[] => (text === '{}' ? [] : text.slice(1, -1).split(',').map(safeInteger));

const BIGINT_ARRAY = 1016;
const DATE = pg.types.builtins.DATE;

/** bigint → number (an error beyond 2⁵³), date → 'YYYY-MM-DD'; the rest as pg has it: timestamptz → Date, numeric → string. */
export const types = new pg.TypeOverrides();
types.setTypeParser(pg.types.builtins.INT8, safeInteger);
types.setTypeParser(BIGINT_ARRAY, safeIntegers);
types.setTypeParser(DATE, (text: string) => text);
