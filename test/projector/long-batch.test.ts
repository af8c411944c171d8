import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { newEvent, toFairEvent } from '../../events/catalogue.ts';
import { attendance } from '../../projections/attendance/project.ts';
import { currentGeneration } from '../../projections/generations/queries.ts';
import { projections } from '../../projections/index.ts';
import type { Fold, Projection } from '../../projections/projection.ts';
import { createLog } from '../../src/log.ts';
import { applyBatch } from '../../src/projector/apply-batch.ts';
import { projectorDatabase } from '../../src/projector/database.ts';
import { ensureGeneration } from '../../src/projector/generation.ts';
import { type Lease, takeLease } from '../../src/projector/lease.ts';
import { Replay } from '../../src/projector/replay.ts';
import { ProjectionRunner, type RunnerOptions } from '../../src/projector/runner.ts';
import type { EventStore } from '../../src/store/event-store.ts';
import { memoryEventStore } from '../../src/store/memory/memory-event-store.ts';
import { recount } from '../recount/recount.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { idOf } from '../support/facts.ts';
import { append, figuresNow, wholeLog } from '../support/figures.ts';
import { logOf, sampleHistory } from '../support/history/history.ts';
import { fair } from '../support/history/names.ts';

const now = Date.parse('2026-04-22T11:45:00+07:00');
const staleSeconds = 0.3;
const log = createLog({ logLevel: 'silent' });

let database: FreshDatabase;
let store: EventStore;

beforeEach(async () => {
  database = await freshDatabase();
  store = memoryEventStore({ clock: () => now });
  await append(store, sampleHistory({ seed: 12, factsMin: 80 }));
});
afterEach(() => database.drop());

const db = () => projectorDatabase(database.pool);

const run = (holder: string, options: Partial<RunnerOptions> = {}) =>
  new ProjectionRunner({ db: db(), store, projections, holder, log, staleSeconds, pollSeconds: 0.05, ...options });

const position = async (): Promise<number> =>
  (await db().selectFrom('projection_generations').select('position').executeTakeFirstOrThrow()).position;

const arrived = async (): Promise<void> => {
  const head = await store.head();
  const shown = async () => (await currentGeneration(db()))?.position;
  await vi.waitFor(async () => expect(await shown()).toBe(head), { timeout: 60_000 });
};

async function values(): Promise<Record<string, number | null>> {
  const { figures } = await figuresNow(database, now);
  return Object.fromEntries(figures.map(({ key, value }) => [key, value]));
}

const recounted = async () => recount((await wholeLog(store)).map(toFairEvent));

/** A batch that stands still where it has read and not yet written, until it is told to go on. */
async function standingBatch(silentSecondsMax: number): Promise<{
  readonly lease: Lease;
  readonly batch: Promise<unknown>;
  readonly goOn: () => void;
}> {
  const { promise: going, resolve: goOn } = Promise.withResolvers<void>();
  const { promise: reached, resolve: reach } = Promise.withResolvers<void>();
  const standing = projections.map((projection) =>
    changed(projection, (fold) => ({
      load: async (executor) => {
        await fold.load(executor);
        reach();
        await going;
      },
    })),
  );
  const { generation } = await ensureGeneration(db(), { store, projections });
  const taken = await takeLease(db(), { generation, holder: 'a', staleSeconds });
  if (!taken) throw new Error('the lease is not free');
  const replay = await Replay.open(db(), { ...taken, store, projections: standing });
  const events = await store.read(0, 10);
  const batch = applyBatch(db(), replay, { from: 0, events, silentSecondsMax });
  await Promise.race([reached, batch]);
  return { lease: taken.lease, batch, goOn };
}

const changed = (projection: Projection, change: (fold: Fold) => Partial<Fold>): Projection => ({
  ...projection,
  open: (start) => {
    const fold = projection.open(start);
    return {
      take: (events, causeOf) => fold.take(events, causeOf),
      load: (executor) => fold.load(executor),
      apply: () => fold.apply(),
      save: (executor) => fold.save(executor),
      ...change(fold),
    };
  },
});

const block = (ms: number) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);

describe('a batch that takes longer than a silent holder keeps the lease', { timeout: 120_000 }, () => {
  test('is left to whoever is at it', async () => {
    const { lease, batch, goOn } = await standingBatch(60);
    const isStale = async () => {
      const { heartbeat_at } = await db()
        .selectFrom('projection_generations')
        .select('heartbeat_at')
        .executeTakeFirstOrThrow();
      return heartbeat_at !== null && Date.now() - heartbeat_at.getTime() > 2 * staleSeconds * 1000;
    };
    await vi.waitFor(async () => expect(await isStale()).toBe(true), { timeout: 60_000 });
    const { generation } = lease;
    expect(await takeLease(db(), { generation, holder: 'b', staleSeconds })).toBeUndefined();
    goOn();
    expect(await batch).toMatchObject({ position: 10, events: 10 });
    expect(await position()).toBe(10);
  });

  test('and is silent for too long is ended, so that another node goes on, and changes nothing any more', async () => {
    const { batch, goOn } = await standingBatch(0.5);
    const failed = batch.then(
      () => undefined,
      (error: unknown) => error,
    );
    const survivor = run('b');
    await arrived();
    await survivor.stop();
    const before = await values();
    goOn();
    expect(String(await failed)).toMatch(/connection/i);
    expect(await values()).toEqual(before);
    expect(before).toMatchObject(await recounted());
  });

  test('is done in the end, even where it keeps its node from everything else', async () => {
    const busy = projections.map((projection) =>
      changed(projection, (fold) => ({
        apply: () => {
          if (projection === attendance) block(700);
          return fold.apply();
        },
      })),
    );
    const runners = ['a', 'b'].map((holder) => run(holder, { projections: busy, silentSeconds: 0.3 }));
    await arrived();
    for (const runner of runners) await runner.stop();
    expect(await values()).toMatchObject(await recounted());
  });
});

test('judging very many facts lets others have their turn', async () => {
  const meta = { fair, actor: { role: 'device' as const, id: idOf(1) }, digest: 'a'.repeat(43), correlation: 'test' };
  const facts = Array.from({ length: 3500 }, (_, index) => {
    const place = { site: 'A', gate: 'G1', direction: 'in', category: 'individual' } as const;
    const data = { ...place, count: idOf(index), persons: 1 };
    const event = newEvent('WalkInsCounted', data, { id: idOf(index), occurredAt: now, meta });
    return { stream: String(index), event, recordedAt: now };
  });
  const earlier = { inStreams: async () => new Map(), streamsAt: async () => [] };
  const fold = attendance.open({ tables: 'empty', earlier });
  fold.take(logOf(facts).map(toFairEvent), ({ position }) => position);
  await fold.load(db());
  expect([...(fold.apply() ?? [])]).toHaveLength(3);
});
