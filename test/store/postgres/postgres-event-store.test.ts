import { describe } from 'vitest';
import { postgresEventStore } from '../../../src/store/postgres/postgres-event-store.ts';
import { freshDatabase } from '../../support/database.ts';
import { holdsTheContract } from '../contract.ts';

describe('the log in PostgreSQL', () => {
  holdsTheContract(async (options) => {
    const database = await freshDatabase({ poolSizeMax: 1 });
    const store = postgresEventStore(database.appUrl, options);
    return {
      store,
      close: async () => {
        await store.close();
        await database.drop();
      },
    };
  });
});
