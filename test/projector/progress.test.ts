import { Kysely, PostgresDialect } from 'kysely';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { currentGeneration } from '../../projections/generations/queries.ts';
import { projections } from '../../projections/index.ts';
import { createLog } from '../../src/log.ts';
import { type FiguresChange, FiguresChanges } from '../../src/projector/changes.ts';
import { type ProjectorDatabase, projectorDatabase } from '../../src/projector/database.ts';
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

/** The database, and how many questions it was asked. */
function counted(): { readonly looked: ProjectorDatabase; readonly looks: () => number } {
  let asked = 0;
  const looked: ProjectorDatabase = new Kysely({
    dialect: new PostgresDialect({ pool: database.pool }),
    log: () => void (asked += 1),
  });
  return { looked, looks: () => asked };
}

/** What is said of the figures, without a database that says it. */
function spoken() {
  const listeners = new Set<(change: FiguresChange) => void>();
  const subscribe = (listener: (change: FiguresChange) => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  };
  const say = (change: FiguresChange) => {
    for (const listener of listeners) listener(change);
  };
  return { changes: { subscribe }, say };
}

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

describe('many who wait at once', () => {
  test('are told by what is said of the change, and ask nothing themselves', async () => {
    await runner.stop();
    const { looks, looked } = counted();
    const { changes: said, say } = spoken();
    const progress = new ProjectionProgress(looked, said);
    const waiting = Promise.all(Array.from({ length: 50 }, () => progress.waitFor(20, 20_000)));
    for (let position = 1; position <= 20; position += 1) {
      say({ position, fairs: null });
      await new Promise((turn) => setImmediate(turn));
    }
    expect(new Set(await waiting)).toEqual(new Set([true]));
    // None but those that were due by time, one for all.
    expect(looks()).toBeLessThan(50);
    progress.close();
  });

  test('look together where nobody tells them anything', async () => {
    await runner.stop();
    const { looks, looked } = counted();
    const progress = new ProjectionProgress(looked, { subscribe: () => () => {} });
    const startedAt = performance.now();
    const waiting = await Promise.all(Array.from({ length: 50 }, () => progress.waitFor(history.length + 1, 700)));
    expect(new Set(waiting)).toEqual(new Set([false]));
    // They began together and look four times a second, and a last time each; a busy machine may set them apart a little.
    const rounds = (performance.now() - startedAt) / 250 + 2;
    expect(looks()).toBeLessThan(5 * rounds);
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
