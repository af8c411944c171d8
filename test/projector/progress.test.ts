import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { currentGeneration } from '../../projections/generations/queries.ts';
import { projections } from '../../projections/index.ts';
import { createLog } from '../../src/log.ts';
import { type FiguresChange, FiguresChanges } from '../../src/projector/changes.ts';
import { projectorDatabase } from '../../src/projector/database.ts';
import { ProjectionProgress } from '../../src/projector/progress.ts';
import { ProjectionRunner } from '../../src/projector/runner.ts';
import type { EventStore } from '../../src/store/event-store.ts';
import { memoryEventStore } from '../../src/store/memory/memory-event-store.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { append } from '../support/figures.ts';
import { sampleHistory } from '../support/history/history.ts';
import { fair } from '../support/history/names.ts';

const now = Date.parse('2026-04-22T11:45:00+07:00');
const history = sampleHistory({ seed: 51, factsMin: 30 });

let database: FreshDatabase;
let store: EventStore;
let changes: FiguresChanges;
let runner: ProjectionRunner;
let told: FiguresChange[];
const versions = new Map<string, number>();

beforeEach(async () => {
  database = await freshDatabase();
  store = memoryEventStore({ clock: () => now });
  versions.clear();
  told = [];
  changes = new FiguresChanges(database.appUrl, { retrySeconds: 0.05 });
  changes.subscribe((change) => told.push(change));
  const log = createLog({ logLevel: 'silent' });
  runner = new ProjectionRunner({ db: db(), store, projections, holder: 'a', log, pollSeconds: 0.05 });
});
afterEach(async () => {
  await changes.close();
  await runner.stop();
  await database.drop();
});

const db = () => projectorDatabase(database.pool);

describe('whoever has written and wants to read it', () => {
  test('waits until its fact is in the figures', async () => {
    const progress = new ProjectionProgress(db(), changes);
    const waiting = progress.waitFor(history.length, 15_000);
    await append(store, history, versions);
    expect(await waiting).toBe(true);
    expect(await progress.waitFor(1, 0)).toBe(true);
    progress.close();
  });

  test('waits no longer than it said', async () => {
    const progress = new ProjectionProgress(db(), changes);
    expect(await progress.waitFor(history.length + 1, 120)).toBe(false);
    progress.close();
  });

  test('waits even where nobody tells it anything', async () => {
    const progress = new ProjectionProgress(db(), { subscribe: () => () => {} });
    await append(store, history, versions);
    expect(await progress.waitFor(history.length, 15_000)).toBe(true);
    progress.close();
  });
});

describe('changes of the figures', () => {
  test('are told with the fairs that have new facts', async () => {
    await vi.waitFor(() => expect(told).toContainEqual({ position: 0, fairs: null }));
    // The first figures of all are told of as such.
    await vi.waitFor(async () => expect(await currentGeneration(db())).toBeDefined(), { timeout: 10_000 });
    await append(store, history, versions);
    await vi.waitFor(() => expect(told.at(-1)).toEqual({ position: history.length, fairs: [fair] }), {
      timeout: 10_000,
    });
  });

  test('that a broken connection missed are told as “anything may have changed”', async () => {
    await vi.waitFor(() => expect(told).toHaveLength(1));
    await database.asOwner(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'hoi-sach figures listener' and datname = current_database()`,
    );
    await vi.waitFor(() => expect(told).toHaveLength(2));
    await append(store, history, versions);
    await vi.waitFor(() => expect(told.at(-1)).toEqual({ position: history.length, fairs: [fair] }), {
      timeout: 10_000,
    });
  });
});
