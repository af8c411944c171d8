import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { toFairEvent } from '../../events/catalogue.ts';
import { projections } from '../../projections/index.ts';
import { createLog } from '../../src/log.ts';
import { catchUp, type CatchUpOptions } from '../../src/projector/catch-up.ts';
import { projectorDatabase } from '../../src/projector/database.ts';
import { ProjectionRunner } from '../../src/projector/runner.ts';
import type { EventStore } from '../../src/store/event-store.ts';
import { memoryEventStore } from '../../src/store/memory/memory-event-store.ts';
import { recount } from '../recount/recount.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { append, figuresNow, wholeLog } from '../support/figures.ts';
import { sampleHistory } from '../support/history/history.ts';

const now = Date.parse('2026-04-22T11:45:00+07:00');
const log = createLog({ logLevel: 'silent' });
const history = sampleHistory({ seed: 4, factsMin: 40 });

let database: FreshDatabase;
let store: EventStore;

beforeEach(async () => {
  database = await freshDatabase();
  store = memoryEventStore({ clock: () => now });
});
afterEach(() => database.drop());

const db = () => projectorDatabase(database.pool);

const catchUpNow = async (about: Partial<CatchUpOptions> = {}) =>
  catchUp({ db: db(), store, projections, log, upTo: await store.head(), secondsMax: 100, batchMax: 20, ...about });

/** The checkpoint and the lease. */
const standing = () =>
  db().selectFrom('projection_generations').select(['position', 'holder', 'epoch']).executeTakeFirst();

describe('catching up, where nothing runs between requests', { timeout: 120_000 }, () => {
  test('counts what is in the log, and lets go', async () => {
    await append(store, history);
    expect(await catchUpNow()).toBe('reached');
    expect(await standing()).toEqual({ position: await store.head(), holder: null, epoch: 1 });
    const { figures } = await figuresNow(database, now);
    const values = Object.fromEntries(figures.map(({ key, value }) => [key, value]));
    expect(values).toMatchObject(recount((await wholeLog(store)).map(toFairEvent)));
  });

  test('takes no lease where there is nothing to count', async () => {
    await append(store, history.slice(0, 5));
    await catchUpNow();
    expect(await catchUpNow()).toBe('reached');
    expect(await standing()).toMatchObject({ holder: null, epoch: 1 });
  });

  test('leaves no fact behind, however many catch up at once', async () => {
    const versions = new Map<string, number>();
    const everybody: Promise<unknown>[] = [];
    for (let from = 0; from < history.length; from += 8) {
      await append(store, history.slice(from, from + 8), versions);
      everybody.push(catchUpNow({ staleSeconds: 30 }));
    }
    await Promise.all(everybody);
    expect(await standing()).toMatchObject({ position: await store.head(), holder: null });
  });

  test('leaves it to a runner, which holds its lease all the while', async () => {
    await append(store, history.slice(0, 5));
    await catchUpNow();
    const runner = new ProjectionRunner({ db: db(), store, projections, holder: 'runner', log });
    try {
      await expect.poll(standing, { timeout: 20_000 }).toMatchObject({ holder: 'runner' });
      await append(store, history.slice(5), versionsAfter(5));
      expect(await catchUpNow()).toBe('reached');
      expect(await standing()).toEqual({ position: await store.head(), holder: 'runner', epoch: 2 });
    } finally {
      await runner.stop();
    }
  });

  test('takes over from a holder that has fallen silent', async () => {
    await append(store, history.slice(0, 5));
    await catchUpNow();
    const beat = { holder: 'gone', heartbeat_at: new Date() };
    await db().updateTable('projection_generations').set(beat).execute();
    await append(store, history.slice(5), versionsAfter(5));
    expect(await catchUpNow({ staleSeconds: 0.2 })).toBe('reached');
    expect(await standing()).toEqual({ position: await store.head(), holder: null, epoch: 2 });
  });

  test('gives up a lease for which there is no time', async () => {
    await append(store, history);
    expect(await catchUpNow({ secondsMax: 0 })).toBe('unfinished');
    expect(await standing()).toEqual({ position: 0, holder: null, epoch: 1 });
    expect(await catchUpNow()).toBe('reached');
  });
});

/** The streams' versions once so many of the history's facts are in the log. */
const versionsAfter = (count: number): Map<string, number> => {
  const versions = new Map<string, number>();
  for (const { stream } of history.slice(0, count)) versions.set(stream, (versions.get(stream) ?? 0) + 1);
  return versions;
};
