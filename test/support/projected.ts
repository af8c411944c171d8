import type { StoredEvent } from '../../events/envelope.ts';
import { projections } from '../../projections/index.ts';
import { projectorDatabase, type ProjectorDatabase } from '../../src/projector/database.ts';
import { dropOld } from '../../src/projector/generation.ts';
import { rebuild } from '../../src/projector/rebuild.ts';
import type { EventStore } from '../../src/store/event-store.ts';
import type { FreshDatabase } from './database.ts';

/** Makes the current figures of a database those of exactly these events, read in batches of a size. */
export async function project(
  database: Pick<FreshDatabase, 'pool'>,
  events: readonly StoredEvent[],
  { batchMax }: { readonly batchMax: number },
): Promise<ProjectorDatabase> {
  const db = projectorDatabase(database.pool);
  // Another log, not the same one further on: what was there before is no earlier state of it.
  await db
    .updateTable('projection_generations')
    .set({ state: 'retired', retired_at: new Date(0) })
    .execute();
  await rebuild({ db, store: logged(events), projections, holder: 'test', batchMax });
  await dropOld(db, { graceSeconds: 0 });
  return db;
}

/** A log as it was written elsewhere: with the times it has, which a store that appends would give itself. */
export const logged = (events: readonly StoredEvent[]): Pick<EventStore, 'read' | 'readAt' | 'head'> => ({
  read: async (after, limit) => events.slice(after, after + limit),
  readAt: async (positions) => events.filter(({ position }) => positions.includes(position)),
  head: async () => events.length,
});
