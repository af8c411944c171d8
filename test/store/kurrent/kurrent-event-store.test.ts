import { afterAll, beforeAll, describe } from 'vitest';
import type { EventStore } from '../../../src/store/event-store.ts';
import { dataBytesMax } from '../../../src/store/kurrent/envelope.ts';
import { kurrentEventStore } from '../../../src/store/kurrent/kurrent-event-store.ts';
import { startKurrentServer, type KurrentServer } from '../../kurrent/server/kurrent-server.ts';
import { freshDatabase } from '../../support/database.ts';
import { holdsTheContract } from '../contract.ts';

describe('the log in KurrentDB', () => {
  let server: KurrentServer;
  beforeAll(async () => {
    server = await startKurrentServer();
  });
  afterAll(() => server.stop());
  holdsTheContract(
    async (options) => {
      const database = await freshDatabase({ poolSizeMax: 1 });
      const nodes: EventStore[] = [];
      const another = (): EventStore => {
        const log = { warn: (...args: unknown[]) => console.log(...args) };
        const node = kurrentEventStore(server.url, { databaseUrl: database.appUrl, log, ...options });
        nodes.push(node);
        return node;
      };
      const close = async () => {
        await Promise.all(nodes.map((node) => node.close()));
        await database.drop();
      };
      return { store: another(), another, close };
    },
    { positions: 'gapless', dataBytesMax },
  );
});
