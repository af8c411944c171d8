import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { toFairEvent } from '../../events/catalogue.ts';
import { projections } from '../../projections/index.ts';
import type { Projection } from '../../projections/projection.ts';
import { createLog } from '../../src/log.ts';
import { projectorDatabase } from '../../src/projector/database.ts';
import { ensureGeneration } from '../../src/projector/generation.ts';
import { beat, type Lease, LeaseLost, releaseLease, takeLease } from '../../src/projector/lease.ts';
import { Replay } from '../../src/projector/replay.ts';
import { ProjectionRunner } from '../../src/projector/runner.ts';
import type { EventStore } from '../../src/store/event-store.ts';
import { memoryEventStore } from '../../src/store/memory/memory-event-store.ts';
import { recount } from '../recount/recount.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { append, figuresNow, wholeLog } from '../support/figures.ts';
import { sampleHistory } from '../support/history/history.ts';

const now = Date.parse('2026-04-22T11:45:00+07:00');
const staleSeconds = 0.3;

let database: FreshDatabase;
let store: EventStore;
let generation: number;

beforeEach(async () => {
  database = await freshDatabase();
  store = memoryEventStore({ clock: () => now });
  ({ generation } = await ensureGeneration(db(), { store, projections }));
});
afterEach(() => database.drop());

const db = () => projectorDatabase(database.pool);

async function take(holder: string): Promise<{ lease: Lease; position: number }> {
  const taken = await takeLease(db(), { generation, holder, staleSeconds });
  if (!taken) throw new Error(`${holder} did not get the lease`);
  return taken;
}

/** A node's work, one batch at a time, so that a test can stop it where it likes. */
async function nodeWith(taken: { lease: Lease; position: number }, run: readonly Projection[] = projections) {
  const replay = await Replay.open(db(), { ...taken, store, projections: run });
  let { position } = taken;
  return {
    lease: taken.lease,
    batch: async (limit: number): Promise<void> => {
      const events = await store.read(position, limit);
      ({ position } = await db()
        .transaction()
        .execute((transaction) => replay.apply(transaction, position, events)));
    },
  };
}

/** Another node, which takes over once the first one is silent. */
async function survivorFinishes(): Promise<void> {
  const log = createLog({ logLevel: 'silent' });
  const runner = new ProjectionRunner({
    db: db(),
    store,
    projections,
    holder: 'b',
    log,
    staleSeconds,
    pollSeconds: 0.05,
    batchMax: 7,
  });
  await vi.waitFor(async () => expect(await position()).toBe(await store.head()), { timeout: 15_000 });
  await runner.stop();
}

const position = async (): Promise<number> =>
  (await db().selectFrom('projection_generations').select('position').executeTakeFirstOrThrow()).position;

async function values(): Promise<Record<string, number | null>> {
  const { figures } = await figuresNow(database, now);
  return Object.fromEntries(figures.map(({ key, value }) => [key, value]));
}

const recounted = async () => recount((await wholeLog(store)).map(toFairEvent));

describe('the lease', () => {
  test('is nobody else’s while its holder beats, and the next one’s when it has been silent', async () => {
    const { lease } = await take('a');
    expect(await takeLease(db(), { generation, holder: 'b', staleSeconds: 60 })).toBeUndefined();
    await beat(db(), lease);
    const next = await vi.waitFor(() => take('b'), { timeout: 5000 });
    expect(next.lease.epoch).toBe(lease.epoch + 1);
    await expect(beat(db(), lease)).rejects.toThrow(LeaseLost);
  });

  test('is its holder’s to take again, which voids what it began before', async () => {
    const { lease } = await take('a');
    const again = await takeLease(db(), { generation, holder: 'a', staleSeconds: 60 });
    expect(again?.lease.epoch).toBe(lease.epoch + 1);
    await expect(beat(db(), lease)).rejects.toThrow(LeaseLost);
  });

  test('given back is free at once', async () => {
    const { lease } = await take('a');
    await releaseLease(db(), lease);
    expect((await takeLease(db(), { generation, holder: 'b', staleSeconds: 60 }))?.lease.epoch).toBe(lease.epoch + 1);
  });
});

describe('a node that comes back to life with its old lease', () => {
  test('changes nothing, between two batches', async () => {
    await append(store, sampleHistory({ seed: 11, factsMin: 80 }));
    const frozen = await nodeWith(await take('a'));
    await frozen.batch(10);
    await survivorFinishes();
    const before = await values();
    await expect(frozen.batch(10)).rejects.toThrow(LeaseLost);
    await expect(beat(db(), frozen.lease)).rejects.toThrow(LeaseLost);
    expect(await values()).toEqual(before);
    expect(before).toMatchObject(await recounted());
  });

  test('changes nothing, in the middle of a batch', async () => {
    await append(store, sampleHistory({ seed: 12, factsMin: 80 }));
    const { promise: thaw, resolve: thawNow } = Promise.withResolvers<void>();
    const { promise: reached, resolve: reach } = Promise.withResolvers<void>();
    const freezing = projections.map((projection) => frozenWhileLoading(projection, { thaw, reach }));
    const frozen = await nodeWith(await take('a'), freezing);
    const batch = frozen.batch(10);
    await reached;
    await survivorFinishes();
    const before = await values();
    thawNow();
    await expect(batch).rejects.toThrow(LeaseLost);
    expect(await values()).toEqual(before);
    expect(before).toMatchObject(await recounted());
  });
});

/** A projection that stops where it has read and not yet written. */
const frozenWhileLoading = (
  projection: Projection,
  { thaw, reach }: { thaw: Promise<void>; reach: () => void },
): Projection => ({
  ...projection,
  open: (start) => {
    const fold = projection.open(start);
    return {
      take: (events, causeOf) => fold.take(events, causeOf),
      load: async (executor) => {
        await fold.load(executor);
        reach();
        await thaw;
      },
      apply: () => fold.apply(),
      save: (executor) => fold.save(executor),
    };
  },
});
