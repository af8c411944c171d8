import type { EventStore } from '../store/event-store.ts';

/** What one request has appended: up to where, and which types of facts. */
export type Noted = { position: number; readonly types: Set<string> };

/** A store that notes what goes through it, so that what follows from a write can be done once it is answered. */
export function notingStore(store: EventStore): { readonly store: EventStore; readonly noted: Noted } {
  const noted: Noted = { position: 0, types: new Set() };
  return {
    noted,
    store: {
      async append(items) {
        const results = await store.append(items);
        for (const [index, result] of results.entries()) {
          if (result.outcome !== 'appended') continue;
          noted.position = Math.max(noted.position, result.position);
          const type = items[index]?.event.type;
          if (type !== undefined) noted.types.add(type);
        }
        return results;
      },
      load: (requests) => store.load(requests),
      read: (after, limit) => store.read(after, limit),
      follow: (after, limit) => store.follow(after, limit),
      readAt: (positions) => store.readAt(positions),
      head: () => store.head(),
      onAppend: (listener) => store.onAppend(listener),
      close: () => store.close(),
    },
  };
}
