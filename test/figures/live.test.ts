import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { projections } from '../../projections/index.ts';
import type { FiguresDocument, PublicFigures } from '../../src/contract/figures.ts';
import { Figures } from '../../src/figures/figures.ts';
import { LiveFigures } from '../../src/figures/live.ts';
import { figuresDatabase } from '../../src/figures/snapshot.ts';
import { createLog } from '../../src/log.ts';
import { FiguresChanges } from '../../src/projector/changes.ts';
import { projectorDatabase } from '../../src/projector/database.ts';
import { ProjectionRunner } from '../../src/projector/runner.ts';
import type { EventStore } from '../../src/store/event-store.ts';
import { memoryEventStore } from '../../src/store/memory/memory-event-store.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { append, figuresNow } from '../support/figures.ts';
import { sampleHistory } from '../support/history/history.ts';
import { fair } from '../support/history/names.ts';

const now = Date.parse('2026-04-22T11:45:00+07:00');
const history = sampleHistory({ seed: 61, factsMin: 60 });
const isOpening = (type: string) => /^Fair|^Application|^Booth|^Group[RC]/.test(type);
const opening = history.filter(({ event }) => isOpening(event.type));
const facts = history.filter(({ event }) => !isOpening(event.type));

type Document = FiguresDocument | PublicFigures;

let database: FreshDatabase;
let store: EventStore;
let changes: FiguresChanges;
let runner: ProjectionRunner;
let live: LiveFigures<Document>;
let computed: number;
let drawn: number;
const versions = new Map<string, number>();

beforeEach(async () => {
  database = await freshDatabase();
  store = memoryEventStore({ clock: () => now });
  versions.clear();
  [computed, drawn] = [0, 0];
  await append(store, opening, versions);
  const log = createLog({ logLevel: 'silent' });
  runner = new ProjectionRunner({
    db: projectorDatabase(database.pool),
    store,
    projections,
    holder: 'a',
    log,
    pollSeconds: 0.05,
  });
  changes = new FiguresChanges(database.appUrl, { retrySeconds: 0.05 });
  const figures = new Figures(figuresDatabase(database.pool), { log: store, clock: () => now });
  live = new LiveFigures<Document>({
    figures: {
      document: (asked) => {
        computed += 1;
        return figures.document(asked);
      },
    },
    changes,
    frameOf: (document) => {
      drawn += 1;
      return document;
    },
    everyMs: 100,
  });
});
afterEach(async () => {
  live.close();
  await changes.close();
  await runner.stop();
  await database.drop();
});

const visitsIn = (document: Document | undefined): number | null | undefined =>
  document && ('visits' in document ? document.visits : document.figures.find(({ key }) => key === 'visits'))?.value;

/** Documents that come when a test lets them. */
function slowFigures() {
  const asked: ((position: number) => void)[] = [];
  const subscribers: ((change: { fairs: null }) => void)[] = [];
  const positions: number[] = [];
  const slow = new LiveFigures<Document>({
    figures: {
      document: async () => {
        const document = await figuresNow(database, now);
        const position = await new Promise<number>((answer) => asked.push(answer));
        return { ...document, position };
      },
    },
    changes: {
      subscribe: (listener) => {
        subscribers.push(listener);
        return () => {};
      },
    },
    frameOf: (document) => document,
    everyMs: 1,
  });
  slow.subscribe(fair, 'viewers', ({ position }) => positions.push(position));
  const change = () => subscribers.forEach((tell) => tell({ fairs: null }));
  const isAsked = (times: number) => vi.waitFor(() => expect(asked).toHaveLength(times), { timeout: 10_000 });
  return { asked, positions, change, isAsked, close: () => slow.close() };
}

describe('a document that takes long', () => {
  test('is asked for once at a time, and once more for what changed meanwhile', async () => {
    await vi.waitFor(() => figuresNow(database, now), { timeout: 10_000 });
    const { asked, positions, change, isAsked, close } = slowFigures();
    await isAsked(1);
    for (let times = 0; times < 5; times += 1) {
      change();
      await delay(5);
    }
    expect(asked).toHaveLength(1);
    asked[0]?.(1);
    await isAsked(2);
    asked[1]?.(2);
    await vi.waitFor(() => expect(positions).toEqual([1, 2]));
    await delay(50);
    expect(asked).toHaveLength(2);
    close();
  });

  test('is never followed by an older one', async () => {
    await vi.waitFor(() => figuresNow(database, now), { timeout: 10_000 });
    const { asked, positions, change, isAsked, close } = slowFigures();
    for (const [times, position] of [7, 5, 9].entries()) {
      if (times > 0) change();
      await isAsked(times + 1);
      asked[times]?.(position);
    }
    await vi.waitFor(() => expect(positions).toEqual([7, 9]));
    close();
  });
});

describe('the live frame of a fair', () => {
  test('comes at once and after every change, drawn once for all who look', async () => {
    const seen: Document[][] = Array.from({ length: 20 }, () => []);
    const stops = seen.map((frames) => live.subscribe(fair, 'viewers', (frame) => frames.push(frame)));
    await vi.waitFor(() => expect(seen.every((frames) => frames.length > 0)).toBe(true), { timeout: 10_000 });
    await append(store, facts, versions);
    const head = await store.head();
    await vi.waitFor(() => expect(seen.map((frames) => frames.at(-1)?.position)).toEqual(seen.map(() => head)), {
      timeout: 10_000,
    });
    expect(new Set(seen.map((frames) => frames.at(-1))).size).toBe(1);
    expect(drawn).toBeLessThanOrEqual(2 * computed);
    const before = seen[0]?.length;
    for (const stop of stops) stop();
    await append(
      store,
      sampleHistory({ seed: 62, factsMin: 5 })
        .slice(-1)
        .map((last) => ({
          ...last,
          stream: 'later',
          event: { ...last.event, id: '019a0000-0000-7000-8000-0000000000aa' },
        })),
      versions,
    );
    await vi.waitFor(async () => expect(await store.head()).toBe(head + 1));
    expect(seen[0]).toHaveLength(before ?? 0);
  });

  test('of everybody holds the total alone, and comes only when that changes', async () => {
    const seen: Document[] = [];
    live.subscribe(fair, 'everybody', (frame) => seen.push(frame));
    await vi.waitFor(() => expect(seen).toHaveLength(1), { timeout: 10_000 });
    expect(Object.keys(seen[0] ?? {}).sort()).toEqual(['asOf', 'fair', 'name', 'position', 'status', 'visits']);
    expect(visitsIn(seen[0])).toBe(0);
    const walkIn = facts.find(({ event }) => event.type === 'StockRecorded');
    if (!walkIn) throw new Error('the history has no stock entry');
    await append(store, [walkIn], versions);
    await append(
      store,
      facts.filter((fact) => fact !== walkIn),
      versions,
    );
    await vi.waitFor(() => expect(seen.length).toBeGreaterThan(1), { timeout: 10_000 });
    const totals = seen.map(visitsIn);
    expect(totals).toEqual([...new Set(totals)]);
  });

  test('whoever comes later gets the same frame at once', async () => {
    const first: Document[] = [];
    const second: Document[] = [];
    live.subscribe(fair, 'viewers', (frame) => first.push(frame));
    await vi.waitFor(() => expect(first.at(-1)?.position).toBe(opening.length), { timeout: 10_000 });
    live.subscribe(fair, 'viewers', (frame) => second.push(frame));
    expect(second).toEqual(first.slice(-1));
  });

  test('is computed no more often than every so many milliseconds, however fast facts come', async () => {
    const seen: Document[] = [];
    live.subscribe(fair, 'viewers', (frame) => seen.push(frame));
    const startedAt = performance.now();
    for (const fact of facts) await append(store, [fact], versions);
    const head = await store.head();
    await vi.waitFor(() => expect(seen.at(-1)?.position).toBe(head), { timeout: 10_000 });
    expect(computed).toBeLessThanOrEqual(2 + (performance.now() - startedAt) / 95);
  });
});

test('hundreds are told in several turns of the event loop, each once, and nobody who has left meanwhile', async () => {
  await vi.waitFor(() => figuresNow(database, now), { timeout: 10_000 });
  let turn = 0;
  const counting = setInterval(() => (turn += 1), 0);
  const told: { readonly who: number; readonly turn: number }[] = [];
  const stops = Array.from({ length: 300 }, (_, who) =>
    live.subscribe(fair, 'viewers', () => {
      if (who === 0) stops[299]?.();
      for (const until = performance.now() + 1; performance.now() < until;);
      told.push({ who, turn });
    }),
  );
  await vi.waitFor(() => expect(told.length).toBeGreaterThanOrEqual(299), { timeout: 10_000 });
  clearInterval(counting);
  expect(told.map(({ who }) => who)).toEqual(Array.from({ length: 299 }, (_, who) => who));
  expect(new Set(told.map((each) => each.turn)).size).toBeGreaterThan(3);
  for (const stop of stops) stop();
});
