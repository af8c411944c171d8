import type { Database } from '../database/connect.ts';
import type { EventStore } from '../store/event-store.ts';
import { storedProgress } from './stored-tree.ts';

/** How far the log is sealed; `seconds` since the first fact that is not was recorded. */
export type SealLag = { readonly size: number; readonly position: number; readonly seconds: number };

/** @param ground.clock ms since 1970 */
export async function sealLagOf(
  db: Database,
  { store, clock }: { readonly store: Pick<EventStore, 'read'>; readonly clock: () => number },
): Promise<SealLag> {
  const { size, position } = (await storedProgress(db)) ?? { size: 0, position: 0 };
  const [missing] = await store.read(position, 1);
  return { size, position, seconds: missing ? Math.max(0, clock() - missing.recordedAt) / 1000 : 0 };
}
