import pg from 'pg';
import { openDatabase } from '../../../src/database/open.ts';
import type { Contestant } from './contestant.ts';
import { startServer } from './server-process.ts';

type Place = { readonly dataDir: string; readonly profiles: string | undefined };
type Known = {
  readonly connections: number;
  readonly deviceToken: string;
  readonly passKey: string;
} & Pick<Contestant, 'databaseMilliseconds'>;

export async function startBare({ dataDir, profiles }: Place): Promise<Contestant> {
  const server = await startServer({
    name: 'bare',
    args: ['load-tests/bench/http/bare-server.ts'],
    env: {},
    folder: dataDir,
    profiles,
  });
  return {
    ...server,
    name: 'bare',
    keeps: 'nothing',
    databaseMilliseconds: () => 0,
    settle: async () => 0,
    recorded: async () => undefined,
  };
}

/** On the PostgreSQL that our server has started, in a database of its own; `connections` is the size of its pool. */
export async function startEmmett(
  { dataDir, profiles }: Place,
  { connections, deviceToken, passKey, databaseMilliseconds }: Known,
): Promise<Contestant> {
  const database = await openDatabase({ dataDir, databaseUrl: undefined, databaseOwnerUrl: undefined }, { as: 'tool' });
  await ask(database.ownerUrl, 'create database bench_emmett');
  const address = new URL(database.ownerUrl);
  address.pathname = '/bench_emmett';
  const server = await startServer({
    name: 'emmett',
    args: ['load-tests/bench/http/emmett-server.ts'],
    env: {
      DATABASE_URL: address.href,
      CONNECTIONS: String(connections),
      DEVICE_TOKEN: deviceToken,
      PASS_KEY: passKey,
    },
    folder: dataDir,
    profiles,
  });
  return {
    ...server,
    name: 'emmett',
    keeps: 'everything',
    databaseMilliseconds,
    settle: async () => 0,
    recorded: () => ask(address.href, `select count(*)::int from emt_messages where message_type = 'VisitorCheckedIn'`),
    stop: async () => {
      await server.stop();
      await database.stop();
    },
  };
}

/** @returns the first row's `count`, if it has one */
async function ask(url: string, statement: string): Promise<number | undefined> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ count?: number }>(statement);
    return rows[0]?.count;
  } finally {
    await client.end();
  }
}
