import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { definition } from '../../projections/definition.ts';
import { projections } from '../../projections/index.ts';
import { createLog } from '../../src/log.ts';
import type { Compare } from '../../src/projector/comparison.ts';
import { projectorDatabase } from '../../src/projector/database.ts';
import { createBuilding, dropOld } from '../../src/projector/generation.ts';
import { LeaseLost, takeLease } from '../../src/projector/lease.ts';
import { rebuild } from '../../src/projector/rebuild.ts';
import { ProjectionRunner } from '../../src/projector/runner.ts';
import { whileBeating } from '../../src/projector/while-beating.ts';
import type { EventStore } from '../../src/store/event-store.ts';
import { memoryEventStore } from '../../src/store/memory/memory-event-store.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { append } from '../support/figures.ts';
import { sampleHistory } from '../support/history/history.ts';

const now = Date.parse('2026-04-22T11:45:00+07:00');
const staleSeconds = 4;
const patience = { timeout: 60_000, interval: 50 };

let database: FreshDatabase;
let store: EventStore;
beforeEach(async () => {
  database = await freshDatabase();
  store = memoryEventStore({ clock: () => now });
  await append(store, sampleHistory({ seed: 43, factsMin: 60 }));
});
afterEach(() => database.drop());

const db = () => projectorDatabase(database.pool);

const heartbeat = async (): Promise<number> => {
  const row = await db()
    .selectFrom('projection_generations')
    .select('heartbeat_at')
    .where('state', '=', 'building')
    .executeTakeFirstOrThrow();
  return row.heartbeat_at?.getTime() ?? 0;
};

/** Waits until a generation lives at a time at which whoever was silent since the beginning would be dead. */
async function outliveSilence(): Promise<void> {
  const begun = await heartbeat();
  await vi.waitFor(async () => expect(await heartbeat()).toBeGreaterThan(begun + 1.5 * staleSeconds * 1000), patience);
}

describe('a comparison that takes longer than a silent holder may', { timeout: 120_000 }, () => {
  test('keeps its generation from a node that would go on with it, and from being dropped', async () => {
    await rebuild({ db: db(), store, projections, holder: 'before' });
    await db()
      .updateTable('projection_generations')
      .set({ definition: definition - 1 })
      .execute();
    let runner: ProjectionRunner | undefined;
    const dropped: number[] = [];
    const slow: Compare = async () => {
      const log = createLog({ logLevel: 'silent' });
      runner ??= new ProjectionRunner({
        db: db(),
        store,
        projections,
        holder: 'other',
        log,
        staleSeconds,
        pollSeconds: 0.1,
      });
      await outliveSilence();
      dropped.push(...(await dropOld(db(), { graceSeconds: staleSeconds })));
      return [];
    };
    try {
      const rebuilt = await rebuild({ db: db(), store, projections, holder: 'builder', compare: slow });
      expect(rebuilt).toMatchObject({ outcome: 'shown', compared: 'older' });
      expect(dropped).toEqual([]);
    } finally {
      await runner?.stop();
    }
  });

  test('is void where somebody else has the generation by then', async () => {
    const lease = await createBuilding(db(), { projections, holder: 'builder' });
    const robbed = whileBeating(db(), lease, async () => {
      await db().updateTable('projection_generations').set({ holder: null }).execute();
      expect(await takeLease(db(), { generation: lease.generation, holder: 'other', staleSeconds })).toBeDefined();
    });
    await expect(robbed).rejects.toThrow(LeaseLost);
  });
});
