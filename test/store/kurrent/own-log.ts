import { afterAll, beforeAll } from 'vitest';
import type { EventStore } from '../../../src/store/event-store.ts';
import { kurrentEventStore, type KurrentEventStoreOptions } from '../../../src/store/kurrent/kurrent-event-store.ts';
import { type KurrentServer, startKurrentServer } from '../../kurrent/server/kurrent-server.ts';
import { type FreshDatabase, freshDatabase } from '../../support/database.ts';

export type NodeOptions = Partial<KurrentEventStoreOptions>;

export type OwnLog = {
  readonly server: KurrentServer;
  readonly database: FreshDatabase;
  /** A node of its own on the log; closed after the tests of the file. */
  readonly node: (options?: NodeOptions) => EventStore;
  /** What the nodes have complained of. */
  readonly warnings: readonly unknown[];
};

/** A log in the small server, for the tests of one file. */
export function ownLog(limits: Parameters<typeof startKurrentServer>[0] = {}): OwnLog {
  let server: KurrentServer;
  let database: FreshDatabase;
  const nodes: EventStore[] = [];
  const warnings: unknown[] = [];
  beforeAll(async () => {
    server = await startKurrentServer(limits);
    database = await freshDatabase({ poolSizeMax: 2 });
  });
  afterAll(async () => {
    await Promise.all(nodes.map((node) => node.close()));
    await database.drop();
    await server.stop();
  });
  return {
    get server() {
      return server;
    },
    get database() {
      return database;
    },
    node: (options = {}) => {
      const log = { warn: (about: unknown) => warnings.push(about) };
      const node = kurrentEventStore(server.url, { databaseUrl: database.appUrl, log, ...options });
      nodes.push(node);
      return node;
    },
    warnings,
  };
}
