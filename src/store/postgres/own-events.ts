import type { StoredEvent } from '../../../events/envelope.ts';
import type { AppendResult } from '../event-store.ts';
import { type Storable, toStored } from '../storable.ts';
import type { Kept } from './shared-tail.ts';

type Appended = Extract<AppendResult, { outcome: 'appended' }>;

/** UTF-16 units of JSON an event; larger ones, as a catalogue's chunks of 128 KB, are better read than kept. */
const unitsMax = 4096;

/** What was appended of a batch; nothing where that is large. */
export function keptOf(items: readonly Storable[], results: readonly AppendResult[]): Kept[] {
  const kept: Kept[] = [];
  let units = 0;
  for (const [at, item] of items.entries()) {
    const result = results[at];
    if (result?.outcome !== 'appended') continue;
    units += item.data.length + item.meta.length;
    kept.push({ position: result.position, event: laterOf(item, result) });
  }
  return units <= kept.length * unitsMax ? kept : [];
}

/** Holds on to the texts alone: many events wait at once, and whatever they refer to would wait with them. */
function laterOf({ stream, event, data, meta }: Storable, place: Appended): () => StoredEvent {
  const { id, type, schema, occurredAt } = event;
  const { position, version, recordedAt } = place;
  let stored: StoredEvent | undefined;
  return () =>
    (stored ??= toStored(
      { stream, event: { id, type, schema, occurredAt }, data, meta },
      { position, version, recordedAt },
    ));
}
