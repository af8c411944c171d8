import { describe, expect, test } from 'vitest';
import type { AppendItem, EventStore } from '../../../src/store/event-store.ts';
import { outcomes, someChain, someItem, someStream } from '../some-items.ts';

/** What an item that was decided on another stream too asks of that. */
export function keepsConditions(store: EventStore): void {
  const streamAt = async (version: number): Promise<string> => {
    const stream = someStream();
    await store.append(someChain(stream, version));
    return stream;
  };

  describe('conditions', { timeout: 120_000 }, () => {
    test.each([0, 1, 3])(
      'another stream that is at version %i is asked for that, and for no other',
      async (version) => {
        const stream = await streamAt(version);
        const asking = (asked: number) => someItem({ condition: { stream, version: asked } });
        const items = [asking(version), ...[0, 1, 2, 3, 4].filter((asked) => asked !== version).map(asking)];
        const [fits, ...others] = await store.append(items);
        expect(fits).toMatchObject({ outcome: 'appended', version: 1 });
        expect(others).toEqual(others.map(() => ({ outcome: 'conflict', currentVersion: 0 })));
      },
    );

    test('the conflict tells the version of the item’s own stream, which may be the one expected', async () => {
      const [stream, other] = [await streamAt(2), await streamAt(1)];
      const item = someItem({ stream, expectedVersion: 2, condition: { stream: other, version: 0 } });
      expect(await store.append([item])).toEqual([{ outcome: 'conflict', currentVersion: 2 }]);
      expect(await outcomes(store, [{ ...item, condition: { stream: other, version: 1 } }])).toEqual(['appended']);
    });

    test('a condition that holds excuses no wrong version', async () => {
      const [stream, other] = [await streamAt(2), await streamAt(1)];
      const item = someItem({ stream, expectedVersion: 1, condition: { stream: other, version: 1 } });
      expect(await store.append([item])).toEqual([{ outcome: 'conflict', currentVersion: 2 }]);
    });

    test('what is in the log stays so, whatever has become of its condition', async () => {
      const stream = await streamAt(1);
      const item = someItem({ condition: { stream, version: 1 } });
      const [first] = await store.append([item]);
      expect(first?.outcome).toBe('appended');
      await store.append([someItem({ stream, expectedVersion: 1 })]);
      expect(await store.append([item])).toMatchObject([{ outcome: 'duplicate', stream: item.stream, version: 1 }]);
    });

    test('an item sees what those before it in the same call have written, and not what those behind it do', async () => {
      const stream = await streamAt(1);
      const asking = (version: number) => someItem({ condition: { stream, version } });
      const change = someItem({ stream, expectedVersion: 1 });
      const conflicting = someItem({ stream, expectedVersion: 7 });
      const items = [asking(1), asking(2), conflicting, asking(1), change, asking(1), asking(2)];
      expect(await outcomes(store, items)).toEqual([
        'appended',
        'conflict',
        'conflict',
        'appended',
        'appended',
        'conflict',
        'appended',
      ]);
    });

    test('neighbours with other conditions, and with none, are not concerned', async () => {
      const streams = [await streamAt(1), await streamAt(2)];
      const items = [0, 1, 2].flatMap((version) =>
        streams.map((stream) => someItem({ condition: { stream, version } })),
      );
      expect(await outcomes(store, [...items, someItem()])).toEqual([
        'conflict',
        'conflict',
        'appended',
        'conflict',
        'conflict',
        'appended',
        'appended',
      ]);
    });

    test('the id of an item whose condition did not hold is free', async () => {
      const stream = await streamAt(1);
      const item = someItem({ condition: { stream, version: 0 } });
      const again = { ...item, condition: { stream, version: 1 } };
      expect(await outcomes(store, [item, again, again])).toEqual(['conflict', 'appended', 'duplicate']);
    });

    test('what can be no stream, or no version, fails the item alone', async () => {
      const wrong: AppendItem[] = [
        someItem({ condition: { stream: 'a\u0000b', version: 0 } }),
        someItem({ condition: { stream: someStream(), version: -1 } }),
        someItem({ condition: { stream: someStream(), version: 0.5 } }),
      ];
      expect(await outcomes(store, [...wrong, someItem()])).toEqual(['failed', 'failed', 'failed', 'appended']);
    });
  });
}

/**
 * Nothing is written behind a change on which it was not decided, however close the two are.
 * @param nodes of a log that judges and writes in one step
 */
export function keepsConditionsInRaces(nodes: readonly [EventStore, ...EventStore[]]): void {
  test(
    'of what many nodes append while the other stream changes, nothing stands behind the change',
    { timeout: 120_000 },
    async () => {
      const [store] = nodes;
      for (let round = 0; round < 30; round += 1) {
        const stream = someStream();
        await store.append(someChain(stream, 1));
        const change = someItem({ stream, expectedVersion: 1 });
        const asking = Array.from({ length: 24 }, () => someItem({ condition: { stream, version: 1 } }));
        const before = await store.head();
        const both = asking.flatMap((item, at) => (at === 9 ? [item, change] : [item]));
        const answers = await Promise.all(both.map((item, at) => (nodes[at % nodes.length] ?? store).append([item])));
        const written = await store.read(before, 100);
        const place = written.findIndex(({ id }) => id === change.event.id);
        expect(written.slice(place + 1)).toEqual([]);
        expect(answers.flat().filter(({ outcome }) => outcome === 'appended')).toHaveLength(written.length);
      }
    },
  );
}
