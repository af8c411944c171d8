import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject, type ProvidedContext } from 'vitest';
import { type Connection, connect } from '../../src/database/connect.ts';
import { inDatabase, TEST_PREFIX } from './names.ts';

/** A migrated database of its own. `db` and `pool` work as the application's role; `ownerUrl` is for what only an owner may. */
export type FreshDatabase = Pick<Connection, 'db' | 'pool'> & {
  readonly appUrl: string;
  readonly ownerUrl: string;
  /** Asks as the owner, who sees and ends the sessions of every login. */
  readonly asOwner: <Row extends pg.QueryResultRow>(statement: string) => Promise<Row[]>;
  /** Closes `pool`, ends whatever else is connected, and removes the database. */
  readonly drop: () => Promise<void>;
};

/** Takes some 30 ms: once a file, in beforeAll. */
export const freshDatabase = (options: { readonly poolSizeMax?: number } = {}): Promise<FreshDatabase> =>
  createDatabase(inject('databaseServer'), options);

/** One that no migration has touched. */
export const emptyDatabase = (options: { readonly poolSizeMax?: number } = {}): Promise<FreshDatabase> =>
  createDatabase({ ...inject('databaseServer'), template: 'template0' }, options);

/** For those who run before there is a test. */
export const createDatabase = async (
  server: ProvidedContext['databaseServer'],
  { poolSizeMax = 10 }: { readonly poolSizeMax?: number } = {},
): Promise<FreshDatabase> => {
  const name = `${TEST_PREFIX}${process.pid}_${randomBytes(6).toString('hex')}`;
  await ask(server.ownerUrl, [
    `create database ${name} template ${server.template}`,
    `grant connect, create, temporary on database ${name} to hoi_sach_app`,
  ]);
  const appUrl = inDatabase(server.appUrl, name);
  const ownerUrl = inDatabase(server.ownerUrl, name);
  const { db, pool, close } = connect(appUrl, { poolSizeMax, applicationName: 'hoi-sach test' });
  return {
    db,
    pool,
    appUrl,
    ownerUrl,
    asOwner: async <Row extends pg.QueryResultRow>(statement: string) =>
      (await ask<Row>(ownerUrl, [statement]))?.rows ?? [],
    drop: async () => {
      await close();
      await ask(server.ownerUrl, [`drop database if exists ${name} with (force)`]);
    },
  };
};

/** The answer to the last of them. */
const ask = async <Row extends pg.QueryResultRow>(
  url: string,
  statements: readonly string[],
): Promise<pg.QueryResult<Row> | undefined> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    let answer: pg.QueryResult<Row> | undefined;
    for (const statement of statements) answer = await client.query<Row>(statement);
    return answer;
  } finally {
    await client.end();
  }
};
