import pg from 'pg';
import type { OpenDatabase } from '../../../src/database/open.ts';
import { postgresEventStore } from '../../../src/store/postgres/postgres-event-store.ts';
import { execute } from '../append/contestant.ts';
import { ours } from '../append/ours.ts';
import { runRound } from '../append/rounds.ts';
import { type Measured, type Round, summary } from '../summary.ts';
import { withDatabase } from './temporary-database.ts';

export type GrowthOptions = {
  /** Events in the log, ascending. */
  readonly sizes: readonly number[];
  readonly callers: number;
  readonly rounds: number;
  readonly seconds: number;
  readonly tell: (line: string) => void;
};

/** `oursTo` is how many times as much one costs as at the smallest size. */
export type Growth = { readonly size: number; readonly appends: Measured; readonly reads: Measured };

type Sized = {
  readonly size: number;
  readonly append: () => Promise<void>;
  readonly read: () => Promise<void>;
  readonly close: () => Promise<void>;
  readonly appends: Round[];
  readonly reads: Round[];
};

/**
 * What an append of one event, and the read of one stream, cost when the log holds more and more: through the product's
 * store, so many callers at once, all sizes in turn on one server.
 */
export const measureGrowth = ({ sizes, callers, rounds, seconds, tell }: GrowthOptions): Promise<Growth[]> =>
  withDatabase('growth', async (server) => {
    const all: Sized[] = [];
    try {
      for (const size of sizes) {
        tell(`filling a log with ${size} events`);
        all.push(await filled(server, size));
      }
      await execute(server, 'checkpoint');
      for (const { append, read } of all) for (const act of [append, read]) await runRound(act, callers, seconds / 2);
      for (let turn = 0; turn < rounds; turn += 1) {
        for (const offset of all.keys()) {
          const sized = all[(turn + offset) % all.length];
          sized?.appends.push(await runRound(sized.append, callers, seconds));
          sized?.reads.push(await runRound(sized.read, callers, seconds));
        }
      }
      const [smallest] = all;
      return all.map(({ size, appends, reads }) => ({
        size,
        appends: summary(appends, smallest?.appends ?? []),
        reads: summary(reads, smallest?.reads ?? []),
      }));
    } finally {
      for (const { close } of all) await close();
    }
  });

async function filled(server: OpenDatabase, size: number): Promise<Sized> {
  const database = `growth_${size}`;
  await execute(server, `create database ${database}`);
  const urls = { appUrl: named(server.appUrl, database), ownerUrl: named(server.ownerUrl, database) };
  const { append, close } = await ours({ ...urls, connectionsMax: 10 }, size);
  const streams = await someStreams(urls.appUrl, size);
  const store = postgresEventStore(urls.appUrl);
  let asked = 0;
  return {
    size,
    append,
    read: async () => {
      asked += 1;
      const [events] = await store.load([{ stream: streams[asked % streams.length] ?? '', afterVersion: 0 }]);
      if (events?.length !== 1) throw new Error('a stream was not read');
    },
    close: async () => {
      await close();
      await store.close();
    },
    appends: [],
    reads: [],
  };
}

const streamsAsked = 5000;

/** From all over the log, in no order that has to do with it. */
async function someStreams(url: string, size: number): Promise<string[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ stream: string }>(
      `select stream from events
        where position in (select 1 + (n * 7919::bigint * 104729) % $1::bigint from generate_series(1, $2::int) n)
        order by md5(stream)`,
      [size, streamsAsked],
    );
    return rows.map(({ stream }) => stream);
  } finally {
    await client.end();
  }
}

/** The same server and login, another database. */
function named(url: string, database: string): string {
  const address = new URL(url);
  address.pathname = `/${database}`;
  return address.href;
}
