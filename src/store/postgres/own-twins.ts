import { isDeepStrictEqual } from 'node:util';
import type { StoredEvent } from '../../../events/envelope.ts';
import type { AppendResult } from '../event-store.ts';
import { type Storable, toStored } from '../storable.ts';
import { type Asks, readAt } from './event-queries.ts';

/**
 * After a connection was lost the first try may have written the very items that the second found as duplicates. Such
 * an item was appended: the log holds its twin, equal in every field, the request's correlation included.
 */
export async function withOwnTwins(
  log: Asks,
  items: readonly Storable[],
  results: readonly AppendResult[],
): Promise<AppendResult[]> {
  const positions = results.flatMap((result) => (result.outcome === 'duplicate' ? [result.position] : []));
  if (positions.length === 0) return [...results];
  const stored = new Map((await readAt(log, positions)).map((event) => [event.id, event]));
  return results.map((result, at) => {
    const item = items[at];
    const event = item && stored.get(item.event.id);
    if (result.outcome !== 'duplicate' || !event || !isTwin(item, event)) return result;
    // An item given twice is still a duplicate the second time.
    stored.delete(event.id);
    return { outcome: 'appended', position: event.position, version: event.version, recordedAt: event.recordedAt };
  });
}

const isTwin = (item: Storable, stored: StoredEvent): boolean =>
  isDeepStrictEqual(stored, toStored(item, { ...stored, version: item.expectedVersion + 1 }));
