import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { projections } from '../../projections/index.ts';
import { createLog } from '../../src/log.ts';
import { projectorDatabase } from '../../src/projector/database.ts';
import { dropOld } from '../../src/projector/generation.ts';
import { LeaseLost } from '../../src/projector/lease.ts';
import { rebuild } from '../../src/projector/rebuild.ts';
import { ProjectionRunner } from '../../src/projector/runner.ts';
import type { EventStore } from '../../src/store/event-store.ts';
import { memoryEventStore } from '../../src/store/memory/memory-event-store.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { append, figuresNow } from '../support/figures.ts';
import { sampleHistory } from '../support/history/history.ts';
import { logged } from '../support/projected.ts';

const now = Date.parse('2026-04-22T11:45:00+07:00');

let database: FreshDatabase;
let store: EventStore;
let runner: ProjectionRunner;
const versions = new Map<string, number>();
const history = sampleHistory({ seed: 41, factsMin: 120 });

beforeEach(async () => {
  database = await freshDatabase();
  store = memoryEventStore({ clock: () => now });
  versions.clear();
  await append(store, history.slice(0, 90), versions);
  const log = createLog({ logLevel: 'silent' });
  runner = new ProjectionRunner({
    db: db(),
    store,
    projections,
    holder: 'living',
    log,
    pollSeconds: 0.05,
    batchMax: 15,
  });
  await arrived();
});
afterEach(async () => {
  await runner.stop();
  await database.drop();
});

const db = () => projectorDatabase(database.pool);
const build = () => rebuild({ db: db(), store, projections, holder: 'builder', batchMax: 10 });

const generations = () =>
  db().selectFrom('projection_generations').select(['generation', 'state', 'position']).orderBy('generation').execute();

/** @returns whether the current figures were theirs, and are free now */
async function takeCurrentFrom(holder: string): Promise<boolean> {
  const { numUpdatedRows } = await db()
    .updateTable('projection_generations')
    .set(({ eb }) => ({ epoch: eb('epoch', '+', 1), holder: null }))
    .where('state', '=', 'current')
    .where('holder', '=', holder)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** As a runner does that has heard nothing of a rebuild for a minute. */
async function dropBuilding(): Promise<void> {
  await db()
    .updateTable('projection_generations')
    .set({ heartbeat_at: new Date(0) })
    .where('state', '=', 'building')
    .execute();
  await dropOld(db(), { graceSeconds: 60 });
}

const arrived = async (): Promise<void> => {
  const head = await store.head();
  const position = async () => (await generations()).find(({ state }) => state === 'current')?.position;
  await vi.waitFor(async () => expect(await position()).toBe(head), { timeout: 15_000, interval: 20 });
};

describe('a rebuild', { timeout: 120_000 }, () => {
  test('says the same as what it replaces, and drops it', async () => {
    const living = await figuresNow(database, now);
    const rebuilt = await build();
    expect(rebuilt).toMatchObject({ outcome: 'shown', position: 90, parked: { wentIn: [], again: [], newly: [] } });
    expect(await figuresNow(database, now)).toEqual(living);
    expect((await generations()).map(({ state }) => state)).toEqual(['retired', 'current']);
    expect(await dropOld(db(), { graceSeconds: 0 })).toEqual([rebuilt.replaced]);
    expect((await generations()).map(({ generation }) => generation)).toEqual([rebuilt.generation]);
    const schemas = await database.pool.query(`select nspname from pg_namespace where nspname like 'projections_%'`);
    expect(schemas.rows).toEqual([{ nspname: `projections_${rebuilt.generation}` }]);
  });

  test('lets readers read on, never less far than before, while facts come in', async () => {
    const seen: number[] = [];
    const enough = new AbortController();
    const reading = (async () => {
      while (!enough.signal.aborted) seen.push((await figuresNow(database, now)).position);
    })();
    const rebuilding = build();
    for (const happening of history.slice(90)) await append(store, [happening], versions);
    const rebuilt = await rebuilding;
    await arrived();
    enough.abort();
    await reading;
    expect(seen.length).toBeGreaterThan(3);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    const current = (await generations()).find(({ state }) => state === 'current');
    expect(current).toMatchObject({ generation: rebuilt.generation, position: history.length });
    const living = await figuresNow(database, now);
    await build();
    expect(await figuresNow(database, now)).toEqual(living);
  });

  test('that was taken for dead and dropped leaves the living figures as they are', async () => {
    const living = await figuresNow(database, now);
    const before = await generations();
    const dropping: Pick<EventStore, 'read' | 'readAt' | 'load' | 'head'> = {
      readAt: (positions) => store.readAt(positions),
      load: (requests) => store.load(requests),
      head: () => store.head(),
      // Before the first batch: later ones are read while a batch holds what is built.
      read: async (after, limit) => {
        if (after === 0) await dropBuilding();
        return store.read(after, limit);
      },
    };
    const rebuilding = rebuild({ db: db(), store: dropping, projections, holder: 'builder', batchMax: 50 });
    await expect(rebuilding).rejects.toThrow(LeaseLost);
    expect(await generations()).toEqual(before);
    expect(await figuresNow(database, now)).toEqual(living);
  });

  test('has shown its figures though another one moves them on from there', async () => {
    let isTaken = false;
    const taking: Pick<EventStore, 'read' | 'readAt' | 'load' | 'head'> = {
      readAt: (positions) => store.readAt(positions),
      load: (requests) => store.load(requests),
      head: () => store.head(),
      read: async (after, limit) => {
        if (!isTaken && (await takeCurrentFrom('builder'))) {
          isTaken = true;
          await append(store, history.slice(90), versions);
        }
        return store.read(after, limit);
      },
    };
    const rebuilt = await rebuild({ db: db(), store: taking, projections, holder: 'builder', batchMax: 50 });
    expect(rebuilt).toMatchObject({ outcome: 'shown', position: 90 });
    expect(isTaken).toBe(true);
    await arrived();
    const current = (await generations()).find(({ state }) => state === 'current');
    expect(current).toEqual({ generation: rebuilt.generation, state: 'current', position: history.length });
  });

  test('that fails leaves nothing behind', async () => {
    const before = await generations();
    const failing = { ...logged([]), read: () => Promise.reject(new Error('the log is away')) };
    await expect(rebuild({ db: db(), store: failing, projections, holder: 'builder' })).rejects.toThrow('away');
    expect(await generations()).toEqual(before);
    const schemas = await database.pool.query(`select nspname from pg_namespace where nspname like 'projections_%'`);
    expect(schemas.rows).toHaveLength(before.length);
  });

  test('leaves a generation alone while somebody reads in it', async () => {
    const client = await database.pool.connect();
    const [old] = await generations();
    await client.query(`begin; select count(*) from projections_${old?.generation}.fairs`);
    await build();
    expect(await dropOld(db(), { graceSeconds: 0 })).toEqual([]);
    await client.query('commit');
    client.release();
    expect(await dropOld(db(), { graceSeconds: 0 })).toEqual([old?.generation]);
  });
});
