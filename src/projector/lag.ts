import { currentGeneration } from '../../projections/generations/queries.ts';
import type { EventStore } from '../store/event-store.ts';
import type { ProjectorDatabase } from './database.ts';

/** How far the figures are behind the log; `seconds` since the first fact that is missing was recorded. */
export type Lag = { readonly events: number; readonly seconds: number };

/** @param ground.clock ms since 1970 */
export async function lagOf(
  db: ProjectorDatabase,
  { store, clock }: { readonly store: Pick<EventStore, 'read' | 'head'>; readonly clock: () => number },
): Promise<Lag> {
  const position = (await currentGeneration(db))?.position ?? 0;
  const [missing] = await store.read(position, 1);
  if (!missing) return { events: 0, seconds: 0 };
  return { events: (await store.head()) - position, seconds: Math.max(0, clock() - missing.recordedAt) / 1000 };
}
