import type { EventStore } from '../../src/store/event-store.ts';

/** The same log with another way of writing to it. */
export const withAppend = (store: EventStore, append: EventStore['append']): EventStore => ({
  append,
  load: (requests) => store.load(requests),
  read: (after, limit) => store.read(after, limit),
  follow: (after, limit) => store.follow(after, limit),
  readAt: (positions) => store.readAt(positions),
  head: () => store.head(),
  onAppend: (listener) => store.onAppend(listener),
  close: () => store.close(),
});
