import { describe, expect, test } from 'vitest';
import type { EventStore } from '../../../src/store/event-store.ts';
import { digest, outcomes, someChain, someId, someItem, someMeta, someStream } from '../some-items.ts';

/** What was appended once is there once. */
export function repeats(store: EventStore): void {
  describe('repeating', () => {
    test('the same item again is a duplicate, with the place of the first', async () => {
      const item = someItem();
      const [first] = await store.append([item]);
      if (first?.outcome !== 'appended') throw new Error('was appended');
      const { version, position, recordedAt } = first;
      const duplicate = {
        outcome: 'duplicate',
        stream: item.stream,
        version,
        position,
        recordedAt,
        digest: digest('a'),
      };
      expect(await store.append([item])).toEqual([duplicate]);
      expect(await store.append([item, someItem(), item])).toMatchObject([
        duplicate,
        { outcome: 'appended' },
        duplicate,
      ]);
    });

    test('twice in one call is once in the log', async () => {
      const item = someItem();
      const [first, second] = await store.append([item, item]);
      expect(first?.outcome).toBe('appended');
      expect(second).toEqual({ ...first, outcome: 'duplicate', stream: item.stream, digest: digest('a') });
      expect((await store.load([{ stream: item.stream, afterVersion: 0 }]))[0]).toHaveLength(1);
    });

    test('an id that comes with other content in one call is a duplicate of the first, and the first is what is kept', async () => {
      const id = someId();
      const other = { id, data: { persons: 2 }, meta: someMeta({ digest: digest('b') }) };
      const [stream, elsewhere] = [someStream(), someStream()];
      const items = [
        someItem({ stream, id }),
        someItem({ stream, expectedVersion: 1, ...other }),
        someItem({ stream: elsewhere, ...other }),
      ];
      const original = { outcome: 'duplicate', stream, version: 1, digest: digest('a') };
      expect(await store.append(items)).toMatchObject([{ outcome: 'appended', version: 1 }, original, original]);
      expect(await store.append(items.toReversed())).toMatchObject([original, original, original]);
      const [events, none] = await store.load([stream, elsewhere].map((of) => ({ stream: of, afterVersion: 0 })));
      expect(events).toMatchObject([{ id, data: { persons: 1 }, meta: { digest: digest('a') } }]);
      expect(none).toEqual([]);
    });

    test.each([1, 0, 9])('the id decides before the version (expecting %i)', async (expectedVersion) => {
      const item = someItem();
      const id = item.event.id;
      await store.append([item]);
      const again = someItem({ stream: item.stream, expectedVersion, id });
      expect(await store.append([again])).toMatchObject([{ outcome: 'duplicate', stream: item.stream, version: 1 }]);
    });

    test('the id counts across streams, and the digest answered is the first one', async () => {
      const item = someItem();
      await store.append([item]);
      const other = someItem({ id: item.event.id, meta: someMeta({ digest: digest('b') }) });
      for (const _ of ['once', 'twice']) {
        expect(await store.append([other])).toMatchObject([
          { outcome: 'duplicate', stream: item.stream, version: 1, digest: digest('a') },
        ]);
      }
      expect(await store.load([{ stream: other.stream, afterVersion: 0 }])).toEqual([[]]);
    });

    test('the id of an item that conflicted is free', async () => {
      const id = someId();
      const items = [someItem({ id, expectedVersion: 4 }), someItem({ id }), someItem({ id })];
      expect(await outcomes(store, items)).toEqual(['conflict', 'appended', 'duplicate']);
    });

    test('the chain behind a duplicate builds on what is in the log', async () => {
      const stream = someStream();
      const chain = someChain(stream, 2);
      await store.append(chain);
      const next = [...chain, someItem({ stream, expectedVersion: 2 })];
      expect(await outcomes(store, next)).toEqual(['duplicate', 'duplicate', 'appended']);
    });
  });
}
