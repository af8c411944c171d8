import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { newEvent, toFairEvent } from '../../events/catalogue.ts';
import { projections } from '../../projections/index.ts';
import { compareFigures } from '../../src/figures/compare.ts';
import type { Compare } from '../../src/projector/comparison.ts';
import { projectorDatabase } from '../../src/projector/database.ts';
import { rebuild } from '../../src/projector/rebuild.ts';
import type { EventStore } from '../../src/store/event-store.ts';
import { memoryEventStore } from '../../src/store/memory/memory-event-store.ts';
import { recount } from '../recount/recount.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { append, figuresNow, wholeLog } from '../support/figures.ts';
import { type Happening, sampleHistory } from '../support/history/history.ts';
import { fair } from '../support/history/names.ts';

const now = Date.parse('2026-04-25T11:45:00+07:00');
const closedAt = Date.parse('2026-04-23T21:00:00+07:00');

let database: FreshDatabase;
let store: EventStore;
const versions = new Map<string, number>();
beforeEach(async () => {
  database = await freshDatabase();
  store = memoryEventStore({ clock: () => now });
  versions.clear();
});
afterEach(() => database.drop());

const idOf = (number: number) => `019a0000-0000-7000-8000-${(0xc105e000 + number).toString(16).padStart(12, '0')}`;
const about = (number: number) => ({
  id: idOf(number),
  occurredAt: closedAt + number,
  meta: { fair, actor: { role: 'organiser' as const, id: 'org' }, digest: 'a'.repeat(43), correlation: 'test' },
});
const turn = (event: Happening['event']): Happening => ({ stream: `fair-${fair}`, event, recordedAt: now });
const closing = (number: number) => turn(newEvent('FiguresClosed', { closing: idOf(number) }, about(number)));
const reopening = (number: number) =>
  turn(newEvent('FiguresReopened', { reopening: idOf(number), reason: 'bổ sung' }, about(number)));

async function document(batchMax: number) {
  const how = { db: projectorDatabase(database.pool), store, projections, holder: 'test' };
  await rebuild({ ...how, batchMax });
  const compare: Compare = (pair, fairs) => compareFigures(pair, { fairs, now });
  expect(await rebuild({ ...how, batchMax: 40, compare })).toMatchObject({ compared: 'same', unexplained: [] });
  return figuresNow(database, now);
}

const valuesOf = ({ figures }: { figures: readonly { key: string; value: number | null }[] }) =>
  Object.fromEntries(figures.map(({ key, value }) => [key, value]));

const recounted = async () => recount((await wholeLog(store)).map(toFairEvent));

describe.each([1000, 9])('closing, in batches of %i', { timeout: 120_000 }, (batchMax) => {
  const history = sampleHistory({ seed: 31, factsMin: 90 });
  const [early, middle, late] = [history.slice(0, 75), history.slice(75, 100), history.slice(100)];

  test('figures are those of the log up to its position; later facts are listed beside them', async () => {
    await append(store, [...early, closing(1)], versions);
    const final = await document(batchMax);
    await append(store, [...middle, ...late], versions);
    const still = await document(batchMax);
    expect(valuesOf(still)).toEqual(valuesOf(final));
    expect(valuesOf(still)).toMatchObject(await recounted());
    expect([final.status, still.status]).toEqual(['final', 'final']);
    expect(final.attention.afterClosing).toBe(0);
    expect(still.attention.afterClosing).toBeGreaterThan(0);
    expect(still.asOf).toBe(new Date(closedAt + 1).toISOString());
    expect(still.position).toBe(await store.head());
  });

  test('reopening counts them, and another closing ends again where it stands', async () => {
    await append(store, [...early, closing(1), ...middle, reopening(2)], versions);
    const open = await document(batchMax);
    expect(open.status).toBe('provisional');
    expect(open.attention.afterClosing).toBe(0);
    expect(valuesOf(open)).toMatchObject(await recounted());
    await append(store, [closing(3), ...late], versions);
    const closed = await document(batchMax);
    expect(closed.status).toBe('final');
    expect(valuesOf(closed)).toMatchObject({ ...(await recounted()) });
  });
});
