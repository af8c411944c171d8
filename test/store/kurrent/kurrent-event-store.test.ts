import { describe } from 'vitest';
import type { EventStore } from '../../../src/store/event-store.ts';
import { dataBytesMax } from '../../../src/store/kurrent/envelope.ts';
import { kurrentEventStore } from '../../../src/store/kurrent/kurrent-event-store.ts';
import { whichServer } from '../../kurrent/which-server.ts';
import { freshDatabase } from '../../support/database.ts';
import { holdsTheContract } from '../contract.ts';

const server = whichServer();

describe(`the log in ${server.isReal ? 'KurrentDB' : 'the small server'}`, { timeout: 120_000 }, () => {
  holdsTheContract(
    async (options) => {
      const database = await freshDatabase({ poolSizeMax: 1 });
      const nodes: EventStore[] = [];
      const another = (): EventStore => {
        const node = kurrentEventStore(server.url, {
          databaseUrl: database.appUrl,
          log: { warn: () => {} },
          ...options,
        });
        nodes.push(node);
        return node;
      };
      const close = async () => {
        await Promise.all(nodes.map((node) => node.close()));
        await database.drop();
      };
      return { store: another(), another, close };
    },
    { positions: 'gapless', dataBytesMax, conditions: 'looked-at-before' },
  );
});
