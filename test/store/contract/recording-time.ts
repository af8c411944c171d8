import { describe, expect, test } from 'vitest';
import type { EventStore } from '../../../src/store/event-store.ts';
import type { OpenStore } from '../contract.ts';
import { someItem } from '../some-items.ts';

/** Known-at is a prefix of the log. */
export function recordsTimes(store: EventStore, open: OpenStore): void {
  describe('the time of recording', () => {
    test('comes from the clock, in milliseconds, and never goes back', async () => {
      const times = [1_650_500_000_500, 1_650_500_000_501, 1_650_400_000_000, 1_650_500_000_502];
      let now = 0;
      const own = await open({ clock: () => now });
      try {
        for (const time of times) {
          now = time;
          await own.store.append([someItem(), someItem()]);
        }
        const recorded = (await own.store.read(0, 100)).map(({ recordedAt }) => recordedAt - 1_650_500_000_000);
        expect(recorded).toEqual([500, 500, 501, 501, 501, 501, 502, 502]);
      } finally {
        await own.close();
      }
    });

    test('is the same in the result, in the log and in a duplicate', async () => {
      const item = someItem();
      const [first] = await store.append([item]);
      const [again] = await store.append([item]);
      const [[event] = []] = await store.load([{ stream: item.stream, afterVersion: 0 }]);
      expect(again).toMatchObject({ recordedAt: event?.recordedAt });
      expect(first).toMatchObject({ recordedAt: event?.recordedAt });
    });
  });
}
