import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { toFairEvent } from '../../events/catalogue.ts';
import type { ProjectedFact } from '../../events/catalogue.ts';
import { projections } from '../../projections/index.ts';
import type { Projection } from '../../projections/projection.ts';
import { compareFigures } from '../../src/figures/compare.ts';
import { projectorDatabase } from '../../src/projector/database.ts';
import { rebuild } from '../../src/projector/rebuild.ts';
import type { EventStore } from '../../src/store/event-store.ts';
import { memoryEventStore } from '../../src/store/memory/memory-event-store.ts';
import { recount } from '../recount/recount.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { append, figuresNow, wholeLog } from '../support/figures.ts';
import { sampleHistory } from '../support/history/history.ts';

const now = Date.parse('2026-04-22T11:45:00+07:00');

let database: FreshDatabase;
let store: EventStore;
beforeEach(async () => {
  database = await freshDatabase();
  store = memoryEventStore({ clock: () => now });
  await append(store, sampleHistory({ seed: 21, factsMin: 60 }));
});
afterEach(() => database.drop());

const db = () => projectorDatabase(database.pool);

/** A projection that cannot fold the facts at these positions, as after a mistake in the program. */
const failingAt = (projection: Projection, positions: readonly number[]): Projection => ({
  ...projection,
  open: (start) => {
    const fold = projection.open(start);
    let taken: readonly ProjectedFact[] = [];
    return {
      ...fold,
      take: (events, causeOf) => {
        taken = events;
        fold.take(events, causeOf);
      },
      load: (executor) => fold.load(executor),
      apply: () => {
        const bad = taken.find(({ position }) => positions.includes(position));
        if (bad) throw new Error(`cannot fold ${bad.type}`);
        return fold.apply();
      },
      save: (executor) => fold.save(executor),
    };
  },
});

const parked = () =>
  db()
    .selectFrom('parked_events')
    .select(['position', 'projection', 'type', 'error'])
    .orderBy('position')
    .orderBy('projection')
    .execute();

const rebuildBy = (run: readonly Projection[]) =>
  rebuild({
    db: db(),
    store,
    projections: run,
    holder: 'test',
    batchMax: 30,
    compare: (pair, fairs) => compareFigures(pair, { fairs, now }),
  });

const failing = (name: string, positions: readonly number[]): Projection[] =>
  projections.map((one) => (one.name === name ? failingAt(one, positions) : one));

async function valuesOf(run: readonly Projection[]): Promise<Record<string, number | null>> {
  await rebuildBy(run);
  const { figures } = await figuresNow(database, now);
  return Object.fromEntries(figures.map(({ key, value }) => [key, value]));
}

describe('an event that a projection cannot fold', { timeout: 120_000 }, () => {
  test('is parked with its error, all others count, and the figures say they are incomplete', async () => {
    const log = await wholeLog(store);
    const scans = log.filter(({ type }) => type === 'VisitorCheckedIn').map(({ position }) => position);
    const poison = [scans[1], scans[2], scans.at(-1)].filter((position) => position !== undefined);
    const values = await valuesOf(failing('attendance', poison));
    const healthy = log.filter(({ position }) => !poison.includes(position)).map(toFairEvent);
    expect(values).toMatchObject(recount(healthy));
    expect(await parked()).toEqual(
      poison.map((position) => ({
        position,
        projection: 'attendance',
        type: 'VisitorCheckedIn',
        error: 'cannot fold VisitorCheckedIn',
      })),
    );
    const document = await figuresNow(database, now);
    expect(document.status).toBe('incomplete');
    expect(document.figures.find(({ key }) => key === 'visits')?.status).toBe('incomplete');
  });

  test('counts again after a rebuild by a program that can', async () => {
    await valuesOf(failing('books', [40, 41, 55]));
    expect((await parked()).map(({ position }) => position)).toEqual([40, 41, 55]);
    expect(await valuesOf(projections)).toMatchObject(recount((await wholeLog(store)).map(toFairEvent)));
    const document = await figuresNow(database, now);
    expect(document.status).toBe('provisional');
  });

  test('with broken data is parked by whoever reads them, and by nobody else', async () => {
    const [first] = await store.read(0, 1);
    if (!first) throw new Error('the log is empty');
    const broken = {
      ...first,
      id: '019a0000-0000-7000-8000-00000000beef',
      type: 'FairRevised',
      data: { settings: null },
    };
    await append(store, [{ stream: 'broken', event: broken, recordedAt: now }]);
    const position = await store.head();
    await valuesOf(projections);
    expect((await parked()).map((one) => [one.position, one.projection])).toEqual([
      [position, 'attendance'],
      [position, 'fairs'],
    ]);
  });
});

describe('a rebuild', { timeout: 120_000 }, () => {
  const positions = (events: readonly { readonly position: number }[]) => events.map(({ position }) => position);

  test('says which parked events count now and which are parked again, since when they were', async () => {
    const first = await rebuildBy(failing('books', [40, 41, 55]));
    expect(first.parked).toMatchObject({ wentIn: [], again: [] });
    expect(positions(first.parked.newly)).toEqual([40, 41, 55]);
    const since = first.parked.newly.map(({ parkedAt }) => parkedAt);
    const second = await rebuildBy(failing('books', [41]));
    expect(second).toMatchObject({ outcome: 'shown', compared: 'same', unexplained: [] });
    expect(positions(second.parked.wentIn)).toEqual([40, 55]);
    expect(positions(second.parked.again)).toEqual([41]);
    expect(second.parked.newly).toEqual([]);
    const rows = await db().selectFrom('parked_events').select('parked_at').where('generation', '=', 2).execute();
    expect(rows.map(({ parked_at }) => parked_at)).toEqual([since[1]]);
  });

  test('shows what differs because more is counted, and says so', async () => {
    const log = await wholeLog(store);
    const scan = log.findLast(({ type }) => type === 'WalkInsCounted')?.position ?? 0;
    await rebuildBy(failing('attendance', [scan]));
    const rebuilt = await rebuildBy(projections);
    expect(rebuilt).toMatchObject({ outcome: 'shown', unexplained: [] });
    expect(rebuilt.expected.map(({ figure }) => figure)).toEqual(expect.arrayContaining(['status', 'entries']));
  });

  test('does not show figures that count less than the living ones', async () => {
    await rebuildBy(projections);
    const rebuilt = await rebuildBy(failing('attendance', [40]));
    expect(rebuilt.outcome).toBe('refused');
    expect(positions(rebuilt.parked.newly)).toEqual([40]);
    expect(rebuilt.unexplained).toContainEqual(
      expect.objectContaining({ figure: 'status', before: 'provisional', after: 'incomplete' }),
    );
    expect((await figuresNow(database, now)).status).toBe('provisional');
  });
});
