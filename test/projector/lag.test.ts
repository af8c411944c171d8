import { afterAll, beforeAll, expect, test } from 'vitest';
import { lagOf } from '../../src/projector/lag.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { logOf, sampleHistory } from '../support/history/history.ts';
import { logged, project } from '../support/projected.ts';

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());

test('figures are behind by what is missing, since the log learnt of the first of it', async () => {
  const events = logOf(sampleHistory({ seed: 9, factsMin: 20 }));
  const store = logged(events);
  const missing = events.at(-3)?.recordedAt ?? 0;
  const clock = () => missing + 1500;
  const db = await project(database, events.slice(0, -3), { batchMax: 1000 });
  expect(await lagOf(db, { store, clock })).toEqual({ events: 3, seconds: 1.5 });
  await project(database, events, { batchMax: 1000 });
  expect(await lagOf(db, { store, clock })).toEqual({ events: 0, seconds: 0 });
});
