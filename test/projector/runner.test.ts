import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { toFairEvent } from '../../events/catalogue.ts';
import { currentGeneration } from '../../projections/generations/queries.ts';
import { projections } from '../../projections/index.ts';
import { createLog } from '../../src/log.ts';
import { projectorDatabase } from '../../src/projector/database.ts';
import { ProjectionRunner, type RunnerOptions } from '../../src/projector/runner.ts';
import type { EventStore } from '../../src/store/event-store.ts';
import { memoryEventStore } from '../../src/store/memory/memory-event-store.ts';
import { recount } from '../recount/recount.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { append, figuresNow, wholeLog } from '../support/figures.ts';
import { sampleHistory } from '../support/history/history.ts';
import { fair } from '../support/history/names.ts';

const now = Date.parse('2026-04-22T11:45:00+07:00');
const log = createLog({ logLevel: 'silent' });

let database: FreshDatabase;
let store: EventStore;
let runners: ProjectionRunner[];

beforeEach(async () => {
  database = await freshDatabase();
  store = memoryEventStore({ clock: () => now });
  runners = [];
});
afterEach(async () => {
  await Promise.all(runners.map((runner) => runner.stop()));
  await database.drop();
});

const db = () => projectorDatabase(database.pool);

function run(holder: string, options: Partial<RunnerOptions> = {}): ProjectionRunner {
  const quick = { staleSeconds: 0.5, heartbeatSeconds: 0.1, pollSeconds: 0.1, batchMax: 20 };
  const runner = new ProjectionRunner({ db: db(), store, projections, holder, log, ...quick, ...options });
  runners.push(runner);
  return runner;
}

const position = async (): Promise<number> =>
  (await db().selectFrom('projection_generations').select('position').executeTakeFirst())?.position ?? 0;

const arrived = async (): Promise<void> => {
  const head = await store.head();
  const shown = async () => (await currentGeneration(db()))?.position;
  await vi.waitFor(async () => expect(await shown()).toBe(head), { timeout: 15_000, interval: 20 });
};

async function values(): Promise<Record<string, number | null>> {
  await arrived();
  const { figures } = await figuresNow(database, now);
  return Object.fromEntries(figures.map(({ key, value }) => [key, value]));
}

const recounted = async () => recount((await wholeLog(store)).map(toFairEvent));

describe('the projector', () => {
  test('counts what is in the log, and what is appended while it runs', async () => {
    const history = sampleHistory({ seed: 1, factsMin: 80 });
    const versions = new Map<string, number>();
    await append(store, history.slice(0, 70), versions);
    run('a');
    await arrived();
    for (const happening of history.slice(70)) await append(store, [happening], versions);
    expect(await values()).toMatchObject(await recounted());
  });

  test('of two on one database only one moves the figures on, and the other one takes over at once when it stops', async () => {
    const versions = new Map<string, number>();
    const history = sampleHistory({ seed: 2, factsMin: 60 });
    await append(store, history.slice(0, 60), versions);
    const [a, b] = [run('a'), run('b')];
    await arrived();
    expect([a, b].filter(({ holdsLease }) => holdsLease)).toHaveLength(1);
    const [working, waiting] = a.holdsLease ? [a, b] : [b, a];
    await working.stop();
    await vi.waitFor(() => expect(waiting.holdsLease).toBe(true));
    await append(store, history.slice(60), versions);
    expect(await values()).toMatchObject(await recounted());
  });

  test('tells every batch, with how long its oldest event waited', async () => {
    await append(store, sampleHistory({ seed: 3, factsMin: 10 }));
    const batches: { position: number; events: number; lagMs: number }[] = [];
    run('a', { onBatch: (batch) => batches.push(batch), clock: () => now + 250 });
    await arrived();
    expect(batches.reduce((sum, { events }) => sum + events, 0)).toBe(await store.head());
    expect(batches.at(-1)).toMatchObject({ position: await store.head(), lagMs: 250, parked: 0 });
  });

  test('goes on when its connections break in the middle', async () => {
    const versions = new Map<string, number>();
    const history = sampleHistory({ seed: 4, factsMin: 100 });
    await append(store, history.slice(0, 40), versions);
    run('a', { batchMax: 3 });
    await vi.waitFor(async () => expect(await position()).toBeGreaterThan(5), { timeout: 20_000, interval: 5 });
    await database.asOwner(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    );
    await append(store, history.slice(40), versions);
    expect(await values()).toMatchObject(await recounted());
  });

  test('stops before an event that only a newer program knows, and says so', async () => {
    const [first, ...rest] = sampleHistory({ seed: 5, factsMin: 5 });
    if (!first) throw new Error('the history is empty');
    await append(store, [first]);
    await append(
      store,
      rest.slice(0, 1).map((next) => ({ ...next, stream: 'future', event: { ...next.event, type: 'BooksReadAloud' } })),
    );
    const lines: string[] = [];
    const runner = run('a', { log: createLog({ logLevel: 'error' }, { write: (line) => lines.push(line) }) });
    await vi.waitFor(
      () => expect(runner.stoppedBy?.message).toBe('event 2 has the unknown type BooksReadAloud (schema 1)'),
      { timeout: 15_000 },
    );
    await runner.stop();
    expect(await position()).toBe(1);
    expect(lines.join('')).toContain('start the newer version');
    expect(fair).toBe(first.event.meta.fair);
  });
});
