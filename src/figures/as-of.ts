import type { EventStore } from '../store/event-store.ts';

/**
 * The moment that figures are of, in ms since 1970: now, or the one at which the log learnt of the first fact that is
 * not in them.
 * @param position the last log position whose facts are in
 */
export async function asOfFigures(log: Pick<EventStore, 'read'>, position: number, now: number): Promise<number> {
  const [missing] = await log.read(position, 1);
  return missing ? Math.min(now, missing.recordedAt) : now;
}
