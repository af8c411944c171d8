import { type QueryExecutorProvider, sql } from 'kysely';
import type { FairEvent } from '../../../events/catalogue.ts';
import type { Projection } from '../../../projections/projection.ts';

/**
 * Folds a few events with the projection's own fold, into tables that are there and empty.
 * @param events in log order, all that there is of their streams
 */
export async function foldAgain(
  db: QueryExecutorProvider,
  projection: Projection,
  events: readonly FairEvent[],
): Promise<void> {
  const fold = projection.open({ tables: 'empty', earlier: nothingEarlier });
  fold.take(events, ({ position }) => position);
  await fold.load(db);
  // Between two slices others have their turn.
  for (const _ of fold.apply() ?? []) await sql`select`.execute(db);
  await fold.save(db);
}

const nothingEarlier = {
  inStreams: async () => new Map<string, readonly FairEvent[]>(),
  streamsAt: async () => [],
};
