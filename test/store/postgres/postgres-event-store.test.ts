import { describe } from 'vitest';
import type { EventStore } from '../../../src/store/event-store.ts';
import { postgresEventStore } from '../../../src/store/postgres/postgres-event-store.ts';
import { freshDatabase } from '../../support/database.ts';
import { holdsTheContract } from '../contract.ts';

describe('the log in PostgreSQL', () => {
  holdsTheContract(
    async (options) => {
      const database = await freshDatabase({ poolSizeMax: 1 });
      const nodes: EventStore[] = [];
      const another = (): EventStore => {
        const node = postgresEventStore(database.appUrl, options);
        nodes.push(node);
        return node;
      };
      const close = async () => {
        await Promise.all(nodes.map((node) => node.close()));
        await database.drop();
      };
      return { store: another(), another, close };
    },
    { positions: 'gapless', dataBytesMax: Infinity, conditions: 'judged-as-written' },
  );
});
