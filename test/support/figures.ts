import type { StoredEvent } from '../../events/envelope.ts';
import type { FiguresDocument } from '../../src/contract/figures.ts';
import { figuresDocument } from '../../src/figures/document.ts';
import { figuresDatabase } from '../../src/figures/snapshot.ts';
import type { EventStore } from '../../src/store/event-store.ts';
import type { FreshDatabase } from './database.ts';
import type { Happening } from './history/history.ts';
import { fair } from './history/names.ts';

/** The figures of the history's fair as they stand now. */
export async function figuresNow(database: Pick<FreshDatabase, 'pool'>, now: number): Promise<FiguresDocument> {
  const document = await figuresDocument(figuresDatabase(database.pool), fair, now);
  if (!document) throw new Error('the fair is not in the figures');
  return document;
}

/** Appends a history, in its order, as the facts of its streams. */
export async function append(
  store: EventStore,
  history: readonly Happening[],
  versions = new Map<string, number>(),
): Promise<void> {
  const items = history.map(({ stream, event }) => {
    const expectedVersion = versions.get(stream) ?? 0;
    versions.set(stream, expectedVersion + 1);
    return { stream, expectedVersion, event };
  });
  for (const result of await store.append(items)) {
    if (result.outcome !== 'appended') throw new Error(`not appended: ${JSON.stringify(result)}`);
  }
}

/** Everything in a log, read back. */
export const wholeLog = (store: EventStore): Promise<StoredEvent[]> => store.read(0, 1_000_000);
