import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { projections } from '../../projections/index.ts';
import type { FiguresDocument, PublicFigures } from '../../src/contract/figures.ts';
import { figuresDatabase } from '../../src/figures/snapshot.ts';
import { createLog } from '../../src/log.ts';
import { catchUp } from '../../src/projector/catch-up.ts';
import { projectorDatabase } from '../../src/projector/database.ts';
import type { EventStore } from '../../src/store/event-store.ts';
import { memoryEventStore } from '../../src/store/memory/memory-event-store.ts';
import { type KnownFigures, RequestFigures } from '../../src/worker/known-figures.ts';
import { type Rooms, SharedLive } from '../../src/worker/shared-live.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { append } from '../support/figures.ts';
import { sampleHistory } from '../support/history/history.ts';
import { fair } from '../support/history/names.ts';

const history = sampleHistory({ seed: 61, factsMin: 40 });
const half = Math.floor(history.length / 2);

type Document = FiguresDocument | PublicFigures;

let database: FreshDatabase;
let store: EventStore;
let rooms: Rooms<Document>;
let known: KnownFigures;
let drawn: number;
let leaving: (() => void)[];

beforeEach(async () => {
  database = await freshDatabase();
  store = memoryEventStore({ clock: Date.now });
  [rooms, known, drawn, leaving] = [new Map(), new Map(), 0, []];
  await count(0, half);
});
afterEach(async () => {
  for (const leave of leaving) leave();
  await database.drop();
});

const versions = new Map<string, number>();

/** Appends a part of the history, and moves the figures on. */
async function count(from: number, to: number): Promise<void> {
  if (from === 0) versions.clear();
  await append(store, history.slice(from, to), versions);
  const db = projectorDatabase(database.pool);
  const log = createLog({ logLevel: 'silent' });
  await catchUp({ db, store, projections, log, upTo: await store.head(), secondsMax: 100 });
}

/** One stream, with what a request has of its own, in the isolate that all share. */
function aStream(
  audience: 'viewers' | 'everybody',
  { answers = 'always', silentMsMax = 60_000 }: { answers?: 'always' | 'never'; silentMsMax?: number } = {},
) {
  const figures = new RequestFigures(figuresDatabase(database.pool), store, known);
  const seen: Document[] = [];
  let asked = 0;
  const live = new SharedLive<Document>({
    rooms,
    figures: {
      document: (of) => {
        asked += 1;
        return answers === 'never' ? new Promise(() => {}) : figures.document(of);
      },
    },
    frameOf: (document) => {
      drawn += 1;
      return document;
    },
    everyMs: 20,
    silentMsMax,
  });
  const leave = live.subscribe(fair, audience, (document) => seen.push(document));
  leaving.push(leave);
  return {
    asked: () => asked,
    leave,
    seen,
    sees: async (position: number) => {
      await expect.poll(() => seen.at(-1)?.position, { timeout: 60_000 }).toBe(position);
    },
  };
}

describe('the streams of one isolate', { timeout: 120_000 }, () => {
  test('share one look and one frame of each kind, which only one of them asks for', async () => {
    const board = aStream('viewers');
    await board.sees(half);
    const [other, street] = [aStream('viewers'), aStream('everybody')];
    await Promise.all([other.sees(half), street.sees(half)]);
    expect(board.seen).toContain(other.seen[0]);
    expect(street.seen[0]).toHaveProperty('visits');
    expect(drawn).toBe(board.seen.length + street.seen.length);
    await count(half, history.length);
    await Promise.all([board.sees(history.length), other.sees(history.length)]);
    expect(board.seen).toContain(other.seen.at(-1));
    expect([other.asked(), street.asked()]).toEqual([0, 0]);
  });

  test('take turns: when the one that looks has gone, another one looks', async () => {
    const first = aStream('viewers');
    await first.sees(half);
    const second = aStream('viewers');
    await second.sees(half);
    first.leave();
    await count(half, history.length);
    await second.sees(history.length);
    expect(second.asked()).toBeGreaterThan(0);
    expect(first.seen.at(-1)?.position).toBe(half);
  });

  test('are not held up by one that went without a word', async () => {
    const lost = aStream('viewers', { answers: 'never' });
    const other = aStream('viewers', { silentMsMax: 500 });
    await other.sees(half);
    expect(lost.asked()).toBe(1);
    expect(lost.seen).toEqual([]);
  });

  test('of a fair that does not exist are shown nothing', async () => {
    const figures = new RequestFigures(figuresDatabase(database.pool), store, known);
    expect(await figures.document('019a0000-0000-7000-8000-00000000dead')).toBeUndefined();
    expect(known.size).toBe(0);
  });
});
