import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { newEvent, toFairEvent } from '../../../events/catalogue.ts';
import type { StoredEvent } from '../../../events/envelope.ts';
import { projections } from '../../../projections/index.ts';
import { lanes } from '../../../projections/lanes.ts';
import { compareFigures } from '../../../src/figures/compare.ts';
import { catchUp } from '../../../src/projector/catch-up.ts';
import { projectorDatabase } from '../../../src/projector/database.ts';
import { createBuilding } from '../../../src/projector/generation.ts';
import { LaneFold } from '../../../src/projector/lanes/lane.ts';
import { type Lease, LeaseLost, moveCheckpoint } from '../../../src/projector/lease.ts';
import { type Rebuilt, rebuild } from '../../../src/projector/rebuild.ts';
import { useGeneration } from '../../../projections/generations/queries.ts';
import { postgresEventStore } from '../../../src/store/postgres/postgres-event-store.ts';
import type { EventStore } from '../../../src/store/event-store.ts';
import { type FreshDatabase, freshDatabase } from '../../support/database.ts';
import { type Happening, logOf, sampleHistory } from '../../support/history/history.ts';
import { fair, named } from '../../support/history/names.ts';
import { project } from '../../support/projected.ts';
import { writeStored } from '../../support/stored-log.ts';

const now = Date.parse('2026-04-25T11:45:00+07:00');

let database: FreshDatabase;
let store: EventStore;
beforeEach(async () => {
  database = await freshDatabase();
  store = postgresEventStore(database.appUrl);
});
afterEach(async () => {
  await store.close();
  await database.drop();
});

const db = () => projectorDatabase(database.pool);

function rebuildInLanes(failures: unknown[] = []): Promise<Rebuilt> {
  return rebuild({
    db: db(),
    store,
    projections,
    holder: 'lanes',
    lanesUrl: database.appUrl,
    onLanesFailed: (error) => failures.push(error),
    compare: (pair, fairs) => compareFigures(pair, { fairs, now }),
  });
}

const sameAsBefore = { outcome: 'shown', compared: 'same', unexplained: [], expected: [] };

const about = (number: number) => ({
  id: named('other', number),
  occurredAt: Date.parse('2026-04-23T21:00:00+07:00') + number,
  meta: { fair, actor: { role: 'organiser' as const, id: 'org' }, digest: 'a'.repeat(43), correlation: 'test' },
});
const turn = (event: Happening['event']): Happening => ({ stream: `fair-${fair}`, event, recordedAt: now });
const closing = (number: number) => turn(newEvent('FiguresClosed', { closing: named('other', number) }, about(number)));
const reopening = (number: number) =>
  turn(newEvent('FiguresReopened', { reopening: named('other', number), reason: 'bổ sung' }, about(number)));

/** Closed, reopened and closed again in its middle; the last third is held back. */
function turned(history: readonly Happening[]): StoredEvent[] {
  const sixth = Math.floor(history.length / 6);
  const part = (nth: number) => history.slice(nth * sixth, nth === 5 ? undefined : (nth + 1) * sixth);
  return logOf([
    ...part(0),
    closing(1),
    ...part(1),
    reopening(2),
    ...part(2),
    ...part(3),
    closing(3),
    ...part(4),
    ...part(5),
  ]);
}

const heldNow = () =>
  db()
    .selectFrom('held_events')
    .innerJoin('projection_generations', 'projection_generations.generation', 'held_events.generation')
    .select(['held_events.position', 'held_events.type'])
    .where('state', '=', 'current')
    .orderBy('position')
    .execute();

describe('a log that is folded in lanes', { timeout: 120_000 }, () => {
  test.each([71, 72, 73])('makes the same rows as one that is folded in one (%i)', async (seed) => {
    const log = logOf(sampleHistory({ seed, factsMin: 200 }));
    await writeStored(database, log);
    await project(database, log, { batchMax: 50 });
    const failures: unknown[] = [];
    expect(await rebuildInLanes(failures)).toMatchObject({ ...sameAsBefore, position: log.length });
    expect(failures).toEqual([]);
  });

  test('holds back what comes after a closing, and lets it through when the figures are reopened', async () => {
    const log = turned(sampleHistory({ seed: 74, factsMin: 200 }));
    await writeStored(database, log);
    await project(database, log, { batchMax: 50 });
    const held = await heldNow();
    expect(held.length).toBeGreaterThan(20);
    expect(await rebuildInLanes()).toMatchObject(sameAsBefore);
    expect(await heldNow()).toEqual(held);
  });

  test('is folded in one where a lane meets what it cannot fold, which is parked', async () => {
    const log = logOf(sampleHistory({ seed: 75, factsMin: 60 }));
    const broken = log.findIndex(({ type }) => type === 'SaleRecorded');
    const withPoison = log.map((event, index) =>
      index === broken ? { ...event, occurredAt: Date.parse('0000-06-01T00:00:00Z') } : event,
    );
    await writeStored(database, log);
    await database.asOwner(`set session_replication_role = replica; alter table events disable trigger all;
      update events set occurred_at = '0001-06-01 00:00:00+00 BC' where position = ${broken + 1}`);
    await project(database, withPoison, { batchMax: 50 });
    const failures: unknown[] = [];
    const rebuilt = await rebuildInLanes(failures);
    expect(failures).toEqual([expect.any(Error)]);
    expect(rebuilt).toMatchObject({
      ...sameAsBefore,
      parked: { again: [{ position: broken + 1, projection: 'books' }] },
    });
  });

  test('is empty again for whoever takes over what half of the lanes have written', async () => {
    const log = logOf(sampleHistory({ seed: 76, factsMin: 60 }));
    await writeStored(database, log);
    const lease = await createBuilding(db(), { projections, holder: 'killed' });
    await foldLane(lease, log, { saveEvery: 1000, factsMax: 1000 });
    await db()
      .updateTable('projection_generations')
      .set({ heartbeat_at: new Date(0) })
      .execute();
    const quiet = { warn: () => {}, error: () => {} };
    const caughtUp = await catchUp({ db: db(), store, projections, log: quiet, upTo: log.length, secondsMax: 60 });
    expect(caughtUp).toBe('reached');
    expect(await rebuildInLanes()).toMatchObject(sameAsBefore);
  });

  test('is not shown by whoever has lost the right to', async () => {
    const log = logOf(sampleHistory({ seed: 77, factsMin: 0 }));
    await writeStored(database, log);
    const rebuilding = rebuildInLanes();
    await Promise.all([expect(rebuilding).rejects.toThrow(LeaseLost), takeBuilding()]);
  });
});

/** As soon as there is one. */
async function takeBuilding(): Promise<void> {
  for (;;) {
    const { numUpdatedRows } = await db()
      .updateTable('projection_generations')
      .set(({ eb }) => ({ epoch: eb('epoch', '+', 1) }))
      .where('state', '=', 'building')
      .executeTakeFirst();
    if (numUpdatedRows === 1n) return;
  }
}

/** Folds the first lane here, and commits what it wrote. */
async function foldLane(
  lease: Lease,
  log: readonly StoredEvent[],
  { saveEvery, factsMax, lane = 0 }: { saveEvery: number; factsMax: number; lane?: number },
): Promise<void> {
  const found = lanes[lane];
  if (!found) throw new RangeError(`no lane ${lane}`);
  const { projections: run, types } = found;
  const isRead = ({ type }: StoredEvent) =>
    'only' in types ? types.only.some((each) => each === type) : !types.allBut.some((each) => each === type);
  const events = log.filter(isRead).map(toFairEvent);
  const fold = new LaneFold({ projections: run, store, factsMax, firstPage: lane * 1000 });
  await db()
    .transaction()
    .execute(async (transaction) => {
      await useGeneration(transaction, lease.generation);
      for (let from = 0; from < events.length; from += 7) {
        await fold.take(transaction, events.slice(from, from + 7));
        if (from % saveEvery < 7) await fold.save(transaction);
      }
      await fold.save(transaction);
    });
}

test('a lane that writes often, and keeps little in memory, makes the same rows', { timeout: 120_000 }, async () => {
  const log = logOf(sampleHistory({ seed: 78, factsMin: 200 }));
  await writeStored(database, log);
  const lease = await createBuilding(db(), { projections, holder: 'test' });
  for (const lane of lanes.keys()) await foldLane(lease, log, { saveEvery: 40, factsMax: 10, lane });
  await db()
    .transaction()
    .execute((transaction) => moveCheckpoint(transaction, lease, { from: 0, to: log.length }));
  await db().updateTable('projection_generations').set({ state: 'current', holder: null }).execute();
  expect(await rebuildInLanes()).toMatchObject(sameAsBefore);
});
