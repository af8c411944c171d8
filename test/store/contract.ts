import { afterAll, beforeAll } from 'vitest';
import type { EventStore } from '../../src/store/event-store.ts';
import { appends } from './contract/appending.ts';
import { keepsConditions, keepsConditionsInRaces } from './contract/conditions.ts';
import { closes } from './contract/closing.ts';
import { isFollowed } from './contract/following.ts';
import { answersAsItsModel } from './contract/model.ts';
import { letsOneWin } from './contract/racing.ts';
import { reads } from './contract/reading.ts';
import { recordsTimes } from './contract/recording-time.ts';
import { repeats } from './contract/repeating.ts';
import { keeps } from './contract/storable.ts';

/** Makes a store with an empty log; `clock` in milliseconds since 1970. */
export type OpenStore = (options?: { clock?: () => number }) => Promise<OpenedStore>;
export type OpenedStore = {
  readonly store: EventStore;
  /** Another node on the same log, closed with the first one; the store itself where nobody else can have its log. */
  readonly another: () => EventStore;
  readonly close: () => Promise<void>;
};

/** In what stores may differ. */
export type Traits = {
  /** `gapless`: 1, 2, 3 …; `growing`: in the order of the log, and nothing more. */
  readonly positions: 'gapless' | 'growing';
  /** An event whose data is longer than this as UTF-8 JSON fails, for itself only. */
  readonly dataBytesMax: number;
  /** `judged-as-written`: a condition holds when the item is written; \`looked-at-before\`: it held right before. */
  readonly conditions: 'judged-as-written' | 'looked-at-before';
};

/** What every store promises. */
export function holdsTheContract(open: OpenStore, traits: Traits): void {
  let opened: OpenedStore;
  let others: readonly EventStore[];
  beforeAll(async () => {
    opened = await open();
    others = [opened.another(), opened.another()];
  });
  afterAll(() => opened.close());

  const store = through(() => opened.store);
  const nodes: [EventStore, ...EventStore[]] = [
    store,
    ...[0, 1].map((at) => through(() => others[at] ?? opened.store)),
  ];
  appends(store, traits);
  repeats(store);
  keeps(store, traits);
  reads(store, traits);
  recordsTimes(store, open);
  keepsConditions(store);
  if (traits.conditions === 'judged-as-written') keepsConditionsInRaces(nodes);
  letsOneWin(nodes);
  isFollowed(nodes, traits);
  answersAsItsModel(nodes, traits);
  closes(open);
}

/** A store that is there only while tests run. */
const through = (store: () => EventStore): EventStore => ({
  append: (items) => store().append(items),
  load: (requests) => store().load(requests),
  read: (after, limit) => store().read(after, limit),
  follow: (after, limit) => store().follow(after, limit),
  readAt: (positions) => store().readAt(positions),
  head: () => store().head(),
  onAppend: (listener) => store().onAppend(listener),
  close: () => store().close(),
});
