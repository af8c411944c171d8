import type { StoredEvent } from '../../events/envelope.ts';
import { projections } from '../../projections/index.ts';
import type { Projection } from '../../projections/projection.ts';
import { projectorDatabase, type ProjectorDatabase } from '../../src/projector/database.ts';
import { dropOld } from '../../src/projector/generation.ts';
import { rebuild } from '../../src/projector/rebuild.ts';
import type { EventStore } from '../../src/store/event-store.ts';
import type { FreshDatabase } from './database.ts';

type Manner = {
  readonly batchMax: number;
  /** Whether rows stay in memory from batch to batch, or every batch reads them again, as after a change of node. */
  readonly memory?: 'kept' | 'dropped';
};

/** Makes the current figures of a database those of exactly these events. */
export async function project(
  database: Pick<FreshDatabase, 'pool'>,
  events: readonly StoredEvent[],
  { batchMax, memory = 'kept' }: Manner,
): Promise<ProjectorDatabase> {
  const db = projectorDatabase(database.pool);
  // Another log, not the same one further on: what was there before is no earlier state of it.
  await db
    .updateTable('projection_generations')
    .set({ state: 'retired', retired_at: new Date(0) })
    .execute();
  const run = memory === 'kept' ? projections : projections.map(forgetful);
  await rebuild({ db, store: logged(events), projections: run, holder: 'test', batchMax });
  await dropOld(db, { graceSeconds: 0 });
  return db;
}

/** Begins every batch with nothing in memory. */
function forgetful(projection: Projection): Projection {
  return {
    ...projection,
    open: ({ earlier }) => {
      let fold = projection.open({ tables: 'filled', earlier });
      return {
        take: (events, causeOf) => {
          fold = projection.open({ tables: 'filled', earlier });
          fold.take(events, causeOf);
        },
        load: (db) => fold.load(db),
        apply: () => fold.apply(),
        save: (db) => fold.save(db),
      };
    },
  };
}

/** A log as it was written elsewhere: with the times and positions it has, which a store that appends would give itself. */
export const logged = (events: readonly StoredEvent[]): Pick<EventStore, 'read' | 'readAt' | 'load' | 'head'> => ({
  read: async (after, limit) => {
    const first = events.findIndex(({ position }) => position > after);
    return first === -1 ? [] : events.slice(first, first + limit);
  },
  readAt: async (positions) => events.filter(({ position }) => positions.includes(position)),
  load: async (requests) =>
    requests.map(({ stream, afterVersion }) =>
      events.filter((event) => event.stream === stream && event.version > afterVersion),
    ),
  head: async () => events.at(-1)?.position ?? 0,
});
