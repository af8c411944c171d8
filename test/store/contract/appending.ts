import { describe, expect, test } from 'vitest';
import type { EventStore } from '../../../src/store/event-store.ts';
import type { Traits } from '../contract.ts';
import { outcomes, someChain, someItem, someStream } from '../some-items.ts';
import { expectPositions } from './positions.ts';

/** Expected versions, order, and many items in one call. */
export function appends(store: EventStore, { positions: kind }: Traits): void {
  describe('appending', () => {
    test('a new stream begins with version 1, and what was appended is read back as it was', async () => {
      const item = someItem({ data: { name: 'Hội Sách', of: [1, 2.5, null, true, { deep: '"\\\u001f\n' }] } });
      const before = await store.head();
      const [result] = await store.append([item]);
      expect(result).toEqual({
        outcome: 'appended',
        version: 1,
        position: await store.head(),
        recordedAt: expect.any(Number),
      });
      const [events] = await store.load([{ stream: item.stream, afterVersion: 0 }]);
      const { outcome: _, ...place } = result ?? { outcome: 'none' };
      expect(events).toStrictEqual([{ ...item.event, stream: item.stream, ...place }]);
      expect(await store.read(before, 10)).toStrictEqual(events);
    });

    test('the next version of a stream is appended when the expected version is the current one', async () => {
      const stream = someStream();
      expect(await outcomes(store, [someItem({ stream })])).toEqual(['appended']);
      expect(await store.append([someItem({ stream, expectedVersion: 1 })])).toMatchObject([
        { outcome: 'appended', version: 2 },
      ]);
    });

    test.each([
      [0, 1, 'a stream that must not exist, but does'],
      [2, 1, 'a version that is still to come'],
      [1, 3, 'a version that is over'],
      [7, 0, 'a version of a stream that does not exist'],
    ])(
      'expecting version %i of a stream at version %i (%#) conflicts and changes nothing',
      async (expectedVersion, currentVersion) => {
        const stream = someStream();
        await store.append(someChain(stream, currentVersion));
        const before = await store.head();
        const item = someItem({ stream, expectedVersion });
        for (const _ of ['once', 'twice']) {
          expect(await store.append([item])).toEqual([{ outcome: 'conflict', currentVersion }]);
        }
        expect(await store.head()).toBe(before);
        expect((await store.load([{ stream, afterVersion: 0 }]))[0]).toHaveLength(currentVersion);
      },
    );

    test('no items get no results', async () => {
      expect(await store.append([])).toEqual([]);
    });

    test('results come in the order of the items, and events in the order of their stream', async () => {
      const [one, other] = [someStream(), someStream()];
      const items = [
        someItem({ stream: one }),
        someItem({ stream: other }),
        someItem({ stream: one, expectedVersion: 1 }),
        someItem({ stream: other, expectedVersion: 5 }),
        someItem({ stream: one, expectedVersion: 2 }),
      ];
      const before = await store.head();
      const results = await store.append(items);
      expect(results).toMatchObject([
        { outcome: 'appended', version: 1 },
        { outcome: 'appended', version: 1 },
        { outcome: 'appended', version: 2 },
        { outcome: 'conflict', currentVersion: 1 },
        { outcome: 'appended', version: 3 },
      ]);
      const positions = results.flatMap((result) => (result.outcome === 'appended' ? [result.position] : []));
      expectPositions(positions, { after: before, kind });
      const written = items.filter((_, at) => results[at]?.outcome === 'appended');
      expect((await store.read(before, 10)).map(({ id }) => id)).toEqual(written.map(({ event }) => event.id));
    });

    test('where the first of several items of a stream conflicts, those that build on it conflict too', async () => {
      const stream = someStream();
      await store.append(someChain(stream, 1));
      expect(await store.append(someChain(stream, 3))).toMatchObject([
        { outcome: 'conflict', currentVersion: 1 },
        { outcome: 'appended', version: 2 },
        { outcome: 'appended', version: 3 },
      ]);
      const late = [4, 5].map((expectedVersion) => someItem({ stream, expectedVersion }));
      expect(await store.append(late)).toEqual([
        { outcome: 'conflict', currentVersion: 3 },
        { outcome: 'conflict', currentVersion: 3 },
      ]);
    });

    test('two items that both expect the same version: the first one wins', async () => {
      const stream = someStream();
      await store.append(someChain(stream, 2));
      const rivals = [someItem({ stream, expectedVersion: 2 }), someItem({ stream, expectedVersion: 2 })];
      expect(await store.append(rivals)).toMatchObject([
        { outcome: 'appended', version: 3 },
        { outcome: 'conflict', currentVersion: 3 },
      ]);
      const [events = []] = await store.load([{ stream, afterVersion: 2 }]);
      expect(events.map(({ id }) => id)).toEqual([rivals[0]?.event.id]);
    });

    test('a long chain of one call is appended whole', async () => {
      const stream = someStream();
      const results = await store.append(someChain(stream, 1500));
      expect(new Set(results.map(({ outcome }) => outcome))).toEqual(new Set(['appended']));
      const [events = []] = await store.load([{ stream, afterVersion: 0 }]);
      expect(events.map(({ version }) => version)).toEqual(Array.from({ length: 1500 }, (_, at) => at + 1));
    });

    test('many calls at once are each answered for their own items', async () => {
      const calls = Array.from({ length: 300 }, () => [someItem(), someItem({ expectedVersion: 3 }), someItem()]);
      const answers = await Promise.all(calls.map((items) => store.append(items)));
      for (const results of answers)
        expect(results.map(({ outcome }) => outcome)).toEqual(['appended', 'conflict', 'appended']);
      const places = answers.flatMap((results, call) =>
        results.flatMap((result, at) =>
          result.outcome === 'appended' ? [[result.position, calls[call]?.[at]?.event.id] as const] : [],
        ),
      );
      const events = await store.readAt(places.map(([position]) => position));
      expect(new Map(events.map(({ position, id }) => [position, id]))).toEqual(new Map(places));
    });
  });
}
