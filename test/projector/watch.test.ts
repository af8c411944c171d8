import { afterEach, beforeEach, expect, test } from 'vitest';
import { projections } from '../../projections/index.ts';
import { projectorDatabase } from '../../src/projector/database.ts';
import { createBuilding } from '../../src/projector/generation.ts';
import { rebuild } from '../../src/projector/rebuild.ts';
import { type Look, ProjectorWatch } from '../../src/projector/watch.ts';
import type { EventStore } from '../../src/store/event-store.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { logOf, sampleHistory } from '../support/history/history.ts';
import { logged } from '../support/projected.ts';

const log = logOf(sampleHistory({ seed: 9, factsMin: 60 }));
const clock = () => (log.at(-1)?.recordedAt ?? 0) + 1500;

let database: FreshDatabase;
let watch: ProjectorWatch;
beforeEach(async () => {
  database = await freshDatabase();
  watch = new ProjectorWatch(db(), { store: logged(log), clock });
});
afterEach(() => database.drop());

const db = () => projectorDatabase(database.pool);

/** A log at which somebody looks whenever it is read. */
function watched(looks: Look[]): Pick<EventStore, 'read' | 'readAt' | 'load' | 'head'> {
  const store = logged(log);
  return {
    ...store,
    read: async (after, limit) => {
      looks.push(await watch.look());
      return store.read(after, limit);
    },
  };
}

test('figures that are being counted are watched from outside, until they are shown', { timeout: 60_000 }, async () => {
  expect((await watch.look()).building).toBeUndefined();
  const looks: Look[] = [];
  await rebuild({ db: db(), store: watched(looks), projections, holder: 'builder', batchMax: 20 });
  // Batches are folded while they look.
  const positions = looks.flatMap(({ building }) => building?.position ?? []);
  expect(positions).toEqual(positions.toSorted((a, b) => a - b));
  const whole = positions.filter((position) => position !== log.length);
  expect(whole.filter((position) => position % 20 !== 0)).toEqual([]);
  const second = looks.find(({ building }) => building && building.position > 0 && building.position < log.length);
  expect(second?.building).toMatchObject({ head: log.length, eventsPerSecond: expect.any(Number) });
  expect(second?.building?.eventsPerSecond).toBeGreaterThan(0);
  expect(second?.building?.remainingSeconds).toBeGreaterThan(0);
  expect(second?.lag.events).toBe(log.length);
  expect(await watch.look()).toEqual({ lag: { events: 0, seconds: 0 }, building: undefined, parkedEvents: 0 });
});

test('what somebody left unfinished long ago is not watched', async () => {
  await createBuilding(db(), { projections, holder: 'gone' });
  expect((await watch.look()).building).toMatchObject({ position: 0, remainingSeconds: undefined });
  await db()
    .updateTable('projection_generations')
    .set({ heartbeat_at: new Date(Date.now() - 120_000) })
    .execute();
  expect((await watch.look()).building).toBeUndefined();
});

test('whoever looks at the same time looks together', async () => {
  const [one, other] = [watch.look(), watch.look()];
  expect(other).toBe(one);
  await one;
  const next = watch.look();
  expect(next).not.toBe(one);
  await next;
});
