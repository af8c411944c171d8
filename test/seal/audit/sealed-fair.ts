import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { inject } from 'vitest';
import { projections } from '../../../projections/index.ts';
import { verifyHere } from '../../../src/cli/verify/verify-here.ts';
import type { Verdict } from '../../../src/cli/verify/verdict.ts';
import { type Config, readConfig } from '../../../src/config.ts';
import { projectorDatabase } from '../../../src/projector/database.ts';
import { rebuild } from '../../../src/projector/rebuild.ts';
import { OutsideCopies } from '../../../src/seal/outside-copies.ts';
import { SealKey } from '../../../src/seal/seal-key.ts';
import type { EventStore } from '../../../src/store/event-store.ts';
import { postgresEventStore } from '../../../src/store/postgres/postgres-event-store.ts';
import { createDatabase, type FreshDatabase } from '../../support/database.ts';
import { append } from '../../support/figures.ts';
import { type Happening, sampleHistory } from '../../support/history/history.ts';
import { named } from '../../support/history/names.ts';
import { sealAll } from '../sealing.ts';

/** A fair whose log is sealed and counted: a database, and the folder with the copies outside it. */
export type SealedFair = {
  readonly database: FreshDatabase;
  readonly folder: string;
  /** Facts, all of them sealed; more than one tile holds. */
  readonly facts: number;
  /** A checkpoint of the first half of them, which somebody has kept at home. */
  readonly keptHead: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly verify: (options?: { readonly head?: string }) => Promise<Verdict>;
  /** The same once more, for somebody to tamper with. */
  readonly copy: () => Promise<SealedFair>;
  /** Runs statements as the superuser, who switches the log's own trigger off for it. */
  readonly tamper: (statements: string) => Promise<void>;
  readonly remove: () => Promise<void>;
};

export async function sealedFair(): Promise<SealedFair> {
  const database = await createDatabase(inject('databaseServer'));
  const folder = await mkdtemp(join(tmpdir(), 'hoi-sach-sealed-'));
  const store = postgresEventStore(database.appUrl);
  const ground = groundOf(database, folder, store);
  const history = sampleHistory({ seed: 29, factsMin: 320 });
  const versions = new Map<string, number>();
  for (let from = 0; from < history.length; from += 100) {
    await append(store, history.slice(from, from + 100), versions);
    await sealAll(ground);
  }
  await append(store, history.slice(-visitors).map(ofAnotherFair));
  await sealAll(ground);
  await rebuild({ db: projectorDatabase(database.pool), store, projections, holder: 'test' });
  await store.close();
  const keptHead = (await ground.outside.checkpoint(200)) ?? '';
  return standingOn({ database, folder, facts: history.length + visitors, keptHead });
}

/** Facts at the end of the log that are another fair's. */
export const visitors = 7;

const ofAnotherFair = ({ stream, event, recordedAt }: Happening, index: number): Happening => ({
  stream: `other-${stream}`,
  recordedAt,
  event: { ...event, id: named('other', 90_000 + index), meta: { ...event.meta, fair: named('other', 80_000) } },
});

/** What seals: with a folder of his own, an attacker does. */
export const groundOf = (database: FreshDatabase, folder: string, store: EventStore) => {
  const outside = new OutsideCopies({ dataDir: folder });
  return { db: database.db, store, outside, key: new SealKey({ outside }) };
};

function standingOn(state: Pick<SealedFair, 'database' | 'folder' | 'facts' | 'keptHead'>): SealedFair {
  const { database, folder } = state;
  const environment = {
    DATA_DIR: folder,
    DATABASE_URL: database.appUrl,
    DATABASE_OWNER_URL: database.ownerUrl,
    LOG_LEVEL: 'silent',
  };
  const config: Config = readConfig(environment);
  return {
    ...state,
    environment,
    verify: ({ head } = {}) => verifyHere(config, { head, progress: undefined }),
    copy: async () => {
      // A database that anybody is connected to cannot be copied.
      await database.asOwner(
        'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
      );
      const name = new URL(database.ownerUrl).pathname.slice(1);
      const copied = await createDatabase({ ...inject('databaseServer'), template: name });
      const own = await mkdtemp(join(tmpdir(), 'hoi-sach-sealed-'));
      await cp(folder, own, { recursive: true });
      return standingOn({ ...state, database: copied, folder: own });
    },
    tamper: (statements) => asSuperuser(database.ownerUrl, statements),
    remove: async () => {
      await database.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function asSuperuser(url: string, statements: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(`alter table events disable trigger events_are_facts; ${statements};
      alter table events enable always trigger events_are_facts`);
  } finally {
    await client.end();
  }
}

/** For `--head`. */
export async function fileOf(folder: string, content: string): Promise<string> {
  const file = join(folder, 'kept.txt');
  await writeFile(file, content);
  return file;
}
