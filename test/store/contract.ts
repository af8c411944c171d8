import { afterAll, beforeAll } from 'vitest';
import type { EventStore } from '../../src/store/event-store.ts';
import { appends } from './contract/appending.ts';
import { closes } from './contract/closing.ts';
import { reads } from './contract/reading.ts';
import { recordsTimes } from './contract/recording-time.ts';
import { repeats } from './contract/repeating.ts';
import { keeps } from './contract/storable.ts';

/** Makes a store with an empty log; `clock` in milliseconds since 1970. */
export type OpenStore = (options?: { clock?: () => number }) => Promise<OpenedStore>;
export type OpenedStore = { readonly store: EventStore; readonly close: () => Promise<void> };

/** What every store promises. */
export function holdsTheContract(open: OpenStore): void {
  let opened: OpenedStore;
  beforeAll(async () => {
    opened = await open();
  });
  afterAll(() => opened.close());

  const store: EventStore = {
    append: (items) => opened.store.append(items),
    load: (requests) => opened.store.load(requests),
    read: (after, limit) => opened.store.read(after, limit),
    readAt: (positions) => opened.store.readAt(positions),
    head: () => opened.store.head(),
    onAppend: (listener) => opened.store.onAppend(listener),
    close: () => opened.store.close(),
  };
  appends(store);
  repeats(store);
  keeps(store);
  reads(store);
  recordsTimes(store, open);
  closes(open);
}
