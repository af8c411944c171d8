import { describe } from 'vitest';
import { postgresEventStoreOn } from '../../../src/store/postgres/postgres-event-store.ts';
import { freshDatabase } from '../../support/database.ts';
import { holdsTheContract } from '../contract.ts';

describe('the log in PostgreSQL, over connections of somebody else', () => {
  holdsTheContract(async (options) => {
    const database = await freshDatabase({ poolSizeMax: 5 });
    const store = postgresEventStoreOn(database.pool, options);
    return {
      store,
      close: async () => {
        await store.close();
        await database.drop();
      },
    };
  });
});
