import pg from 'pg';
import { afterAll, beforeAll } from 'vitest';
import type { EventStore } from '../../../src/store/event-store.ts';
import {
  type PostgresEventStoreOptions,
  postgresEventStore,
} from '../../../src/store/postgres/postgres-event-store.ts';
import { type FreshDatabase, freshDatabase } from '../../support/database.ts';

export type OwnDatabase = {
  readonly url: string;
  /** A node: a store with connections of its own. Closed after the tests of the file. */
  readonly node: (options?: PostgresEventStoreOptions & { url?: string }) => EventStore;
  /** As the owner of the database. */
  readonly asOwner: <Row extends pg.QueryResultRow>(sql: string, values?: unknown[]) => Promise<Row[]>;
  readonly asApp: (sql: string) => Promise<unknown>;
};

/** A database for the tests of one file. */
export function ownDatabase(): OwnDatabase {
  let database: FreshDatabase;
  let owner: pg.Client;
  const nodes: EventStore[] = [];
  beforeAll(async () => {
    database = await freshDatabase({ poolSizeMax: 2 });
    owner = new pg.Client({ connectionString: database.ownerUrl });
    await owner.connect();
  });
  afterAll(async () => {
    await Promise.all(nodes.map((node) => node.close()));
    await owner.end();
    await database.drop();
  });
  return {
    get url() {
      return database.appUrl;
    },
    node: ({ url = database.appUrl, ...options } = {}) => {
      const node = postgresEventStore(url, options);
      nodes.push(node);
      return node;
    },
    asOwner: async <Row extends pg.QueryResultRow>(sql: string, values: unknown[] = []) =>
      (await owner.query<Row>(sql, values)).rows,
    asApp: (sql) => database.pool.query(sql),
  };
}
