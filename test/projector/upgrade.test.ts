import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { toFairEvent } from '../../events/catalogue.ts';
import { definition } from '../../projections/definition.ts';
import { projections } from '../../projections/index.ts';
import { figuresDocument } from '../../src/figures/document.ts';
import { figuresDatabase } from '../../src/figures/snapshot.ts';
import { createLog } from '../../src/log.ts';
import { catchUp } from '../../src/projector/catch-up.ts';
import { projectorDatabase } from '../../src/projector/database.ts';
import { rebuild } from '../../src/projector/rebuild.ts';
import { ProjectionRunner, type RunnerOptions } from '../../src/projector/runner.ts';
import type { EventStore } from '../../src/store/event-store.ts';
import { memoryEventStore } from '../../src/store/memory/memory-event-store.ts';
import { recount } from '../recount/recount.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { append, figuresNow, wholeLog } from '../support/figures.ts';
import { sampleHistory } from '../support/history/history.ts';
import { fair } from '../support/history/names.ts';

const now = Date.parse('2026-04-22T11:45:00+07:00');
const history = sampleHistory({ seed: 11, factsMin: 120 });
const log = createLog({ logLevel: 'silent' });
const patience = { timeout: 60_000, interval: 10 };

let database: FreshDatabase;
let store: EventStore;
let runners: ProjectionRunner[];

/** A database whose figures an older program has counted. */
beforeEach(async () => {
  database = await freshDatabase();
  store = memoryEventStore({ clock: () => now });
  runners = [];
  await append(store, history);
  await rebuild({ db: db(), store, projections, holder: 'old' });
  await db()
    .updateTable('projection_generations')
    .set({ definition: definition - 1 })
    .execute();
});
afterEach(async () => {
  await Promise.all(runners.map((runner) => runner.stop()));
  await database.drop();
});

const db = () => projectorDatabase(database.pool);

const document = () => figuresDocument(figuresDatabase(database.pool), fair, now);

function run(holder: string, options: Partial<RunnerOptions> = {}): ProjectionRunner {
  const quick = { staleSeconds: 0.5, heartbeatSeconds: 0.1, pollSeconds: 0.05, batchMax: 10 };
  const runner = new ProjectionRunner({ db: db(), store, projections, holder, log, ...quick, ...options });
  runners.push(runner);
  return runner;
}

const isCounting = (line: unknown): boolean =>
  typeof line === 'object' && line !== null && 'msg' in line && line.msg === 'the figures are being counted';

async function values(): Promise<Record<string, number | null>> {
  const { figures } = await figuresNow(database, now);
  return Object.fromEntries(figures.map(({ key, value }) => [key, value]));
}

const generations = () =>
  db().selectFrom('projection_generations').select(['definition', 'state', 'position']).orderBy('generation').execute();

const old = { definition: definition - 1, state: 'current', position: history.length };

describe('figures of a new definition', { timeout: 120_000 }, () => {
  test('are shown once they are whole, and never in part', async () => {
    const positions: number[] = [];
    run('new', { onBatch: ({ position }) => positions.push(position) });
    const first = await vi.waitFor(async () => {
      const seen = await document();
      if (!seen) throw new Error('not shown yet');
      return seen;
    }, patience);
    expect(first.position).toBe(history.length);
    expect(positions.length).toBeGreaterThan(10);
    expect(await values()).toMatchObject(recount((await wholeLog(store)).map(toFairEvent)));
    expect(await generations()).toEqual([old, { ...old, definition }]);
  });

  test('say in the log how far they are, how fast, and what remains, until they are shown', async () => {
    const lines: string[] = [];
    const told = createLog({ logLevel: 'info' }, { write: (line) => void lines.push(line) });
    run('new', { log: told, progressSeconds: 0 });
    await vi.waitFor(async () => expect((await document())?.position).toBe(history.length), patience);
    const counting = lines.map((line): unknown => JSON.parse(line)).filter((line) => isCounting(line));
    const head = history.length;
    expect(counting[0]).toMatchObject({ position: 10, head, eventsPerSecond: expect.any(Number) });
    expect(counting[1]).toMatchObject({ position: 20, head, remainingSeconds: expect.any(Number) });
    expect(counting.length).toBeGreaterThan(5);
  });

  test('are counted on by another node, where the first one ends in the middle', async () => {
    const first = run('new');
    await vi.waitFor(async () => expect((await generations())[1]?.position).toBeGreaterThan(20), patience);
    await first.stop();
    expect(await document()).toBeUndefined();
    const reached = (await generations())[1]?.position ?? 0;
    const positions: number[] = [];
    run('next', { onBatch: ({ position }) => positions.push(position) });
    await vi.waitFor(async () => expect((await document())?.position).toBe(history.length), patience);
    expect(positions[0]).toBeGreaterThan(reached);
    expect(await generations()).toEqual([old, { ...old, definition }]);
  });

  test('are counted piece by piece where nothing runs between requests', async () => {
    const piece = { db: db(), store, projections, log, upTo: history.length, batchMax: 10 };
    expect(await catchUp({ ...piece, secondsMax: 0 })).toBe('unfinished');
    expect(await document()).toBeUndefined();
    expect(await catchUp({ ...piece, secondsMax: 60 })).toBe('reached');
    expect((await document())?.position).toBe(history.length);
  });
});

describe('while facts come all the time', { timeout: 120_000 }, () => {
  /** Every read finds one fact more than the one before, for a long time. */
  async function busyStore() {
    const log = memoryEventStore({ clock: () => now });
    const versions = new Map<string, number>();
    await append(log, history.slice(0, 50), versions);
    const coming = history.slice(50);
    const seen: { leftWhenShown?: number } = {};
    const plain = log.read.bind(log);
    const read: EventStore['read'] = async (after, limit) => {
      if (seen.leftWhenShown === undefined && (await document())) seen.leftWhenShown = coming.length;
      await append(log, coming.splice(0, 1), versions);
      return plain(after, limit);
    };
    return { coming, seen, busy: Object.assign(log, { read }) };
  }

  test('a runner shows the figures all the same', async () => {
    const { busy, seen } = await busyStore();
    run('new', { store: busy, restMsMax: 0 });
    await vi.waitFor(() => expect(seen.leftWhenShown).toBeGreaterThan(0), patience);
  });

  test('so does whoever catches up now and then', async () => {
    const { busy, seen } = await busyStore();
    await catchUp({ db: db(), store: busy, projections, log, upTo: 50, batchMax: 10, secondsMax: 60 });
    expect(seen.leftWhenShown).toBeGreaterThan(0);
  });

  test('a rebuild comes to its end', async () => {
    const { busy, coming } = await busyStore();
    await rebuild({ db: db(), store: busy, projections, holder: 'again', batchMax: 10 });
    expect(coming.length).toBeGreaterThan(0);
  });
});

test('an empty log is counted from the start', async () => {
  const empty = memoryEventStore({ clock: () => now });
  run('new', { store: empty });
  await vi.waitFor(async () => {
    const [, begun] = await generations();
    expect(begun).toEqual({ definition, state: 'current', position: 0 });
  }, patience);
});
