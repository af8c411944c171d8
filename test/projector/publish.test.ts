import { afterEach, beforeEach, expect, test } from 'vitest';
import { projections } from '../../projections/index.ts';
import { projectorDatabase } from '../../src/projector/database.ts';
import { createBuilding, lockChoice } from '../../src/projector/generation.ts';
import { takeLease } from '../../src/projector/lease.ts';
import { publish } from '../../src/projector/publish.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';

let database: FreshDatabase;
beforeEach(async () => {
  database = await freshDatabase();
});
afterEach(() => database.drop());

test('figures stay with whoever showed them, however long that took', async () => {
  const db = projectorDatabase(database.pool);
  const lease = await createBuilding(db, { projections, holder: 'builder' });
  await db
    .updateTable('projection_generations')
    .set({ heartbeat_at: new Date(0) })
    .execute();
  await db.transaction().execute(async (transaction) => {
    await lockChoice(transaction);
    await publish(transaction, { lease, position: 0 });
  });
  const { generation } = lease;
  expect(await takeLease(db, { generation, holder: 'runner', staleSeconds: 60 })).toBeUndefined();
  const states = await db.selectFrom('projection_generations').select('state').execute();
  expect(states).toEqual([{ state: 'current' }]);
});
