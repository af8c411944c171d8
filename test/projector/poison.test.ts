import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { toFairEvent } from '../../events/catalogue.ts';
import { currentGeneration } from '../../projections/generations/queries.ts';
import { projections } from '../../projections/index.ts';
import { createLog } from '../../src/log.ts';
import { projectorDatabase } from '../../src/projector/database.ts';
import { ProjectionRunner } from '../../src/projector/runner.ts';
import type { EventStore } from '../../src/store/event-store.ts';
import { memoryEventStore } from '../../src/store/memory/memory-event-store.ts';
import { recount } from '../recount/recount.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { append, figuresNow, wholeLog } from '../support/figures.ts';
import { sampleHistory } from '../support/history/history.ts';

const now = Date.parse('2026-04-22T11:45:00+07:00');

let database: FreshDatabase;
let store: EventStore;
let runner: ProjectionRunner;
beforeEach(async () => {
  database = await freshDatabase();
  store = memoryEventStore({ clock: () => now });
});
afterEach(async () => {
  await runner.stop();
  await database.drop();
});

const db = () => projectorDatabase(database.pool);

test('a projector at work leaves a broken fact aside, and counts what comes after it', async () => {
  const history = sampleHistory({ seed: 23, factsMin: 60 });
  const versions = new Map<string, number>();
  const lines: string[] = [];
  const log = createLog({ logLevel: 'error' }, { write: (line) => lines.push(line) });
  runner = new ProjectionRunner({ db: db(), store, projections, holder: 'a', log, pollSeconds: 0.05, batchMax: 20 });
  await append(store, history.slice(0, 40), versions);
  const [first] = await store.read(0, 1);
  if (!first) throw new Error('the log is empty');
  const id = '019a0000-0000-7000-8000-00000000beef';
  const event = { ...first, id, type: 'FairRevised', data: { settings: null } };
  await append(store, [{ stream: 'broken', event, recordedAt: now }]);
  const broken = await store.head();
  await append(store, history.slice(40), versions);

  const head = await store.head();
  await vi.waitFor(async () => expect((await currentGeneration(db()))?.position).toBe(head), { timeout: 20_000 });
  const { figures, status } = await figuresNow(database, now);
  const healthy = (await wholeLog(store)).filter(({ position }) => position !== broken).map(toFairEvent);
  expect(Object.fromEntries(figures.map(({ key, value }) => [key, value]))).toMatchObject(recount(healthy));
  expect(status).toBe('incomplete');
  expect(lines.filter((line) => line.includes(`"position":${broken}`))).not.toEqual([]);
});
