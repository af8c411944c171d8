import { expect, test } from 'vitest';
import { memoryEventStore } from '../../src/store/memory/memory-event-store.ts';
import { notingStore } from '../../src/worker/noting-store.ts';
import { outcomes, someItem } from '../store/some-items.ts';

test('a request knows what it has appended, and nothing of what was there before or came to nothing', async () => {
  const { store, noted } = notingStore(memoryEventStore());
  const first = someItem();
  expect(noted).toEqual({ position: 0, types: new Set() });
  await store.append([first, someItem({ type: 'BoothAssigned' })]);
  expect(noted).toEqual({ position: 2, types: new Set(['WalkInsCounted', 'BoothAssigned']) });

  const again = notingStore(store);
  const late = someItem({ stream: first.stream, type: 'FairRevised' });
  expect(await outcomes(again.store, [first, late])).toEqual(['duplicate', 'conflict']);
  expect(again.noted).toEqual({ position: 0, types: new Set() });
});
