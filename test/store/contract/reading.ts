import { describe, expect, test } from 'vitest';
import type { EventStore } from '../../../src/store/event-store.ts';
import { someChain, someItem, someStream, wholeLog } from '../some-items.ts';

/** Reading, loading, and being told that there is something to read. */
export function reads(store: EventStore): void {
  describe('reading', () => {
    test('positions are 1…n without a gap, whatever conflicted or failed in between', async () => {
      for (const about of [{}, { expectedVersion: 2 }, { id: 'x' }, {}])
        await store.append([someItem(about), someItem(about)]);
      const log = await wholeLog(store);
      expect(log.map(({ position }) => position)).toEqual(Array.from({ length: log.length }, (_, at) => at + 1));
      expect(await store.head()).toBe(log.length);
    });

    test('read gives what lies after a position, at most so many', async () => {
      await store.append(Array.from({ length: 5 }, () => someItem()));
      const head = await store.head();
      const positions = async (after: number, limit: number) =>
        (await store.read(after, limit)).map(({ position }) => position);
      expect(await positions(head - 3, 2)).toEqual([head - 2, head - 1]);
      expect(await positions(head - 1, 100)).toEqual([head]);
      expect(await positions(head, 100)).toEqual([]);
      expect(await positions(head + 1000, 100)).toEqual([]);
      expect(await positions(0, 1)).toEqual([1]);
    });

    test('readAt gives the events at positions in log order, and leaves out what is not there', async () => {
      await store.append([someItem(), someItem()]);
      const head = await store.head();
      const events = await store.readAt([head, 1, head + 5, head, 0, -1, head - 1]);
      expect(events.map(({ position }) => position)).toEqual([1, head - 1, head]);
      expect(await store.readAt([])).toEqual([]);
    });

    test('load answers each request in its place: after a version, all, nothing, and the same twice', async () => {
      const [long, none] = [someStream(), someStream()];
      await store.append(someChain(long, 4));
      const versions = (requests: [string, number][]) =>
        store
          .load(requests.map(([stream, afterVersion]) => ({ stream, afterVersion })))
          .then((answers) => answers.map((events) => events.map(({ stream, version }) => [stream === long, version])));
      const [all, last] = [[1, 2, 3, 4].map((version) => [true, version]), [[true, 4]]];
      expect(
        await versions([
          [long, 3],
          [none, 0],
          [long, 0],
          [long, 4],
          [long, 9],
          [long, 3],
          ['a\u0000', 0],
        ]),
      ).toEqual([last, [], all, [], [], last, []]);
      expect(await versions([])).toEqual([]);
    });

    test('streams that begin alike are not mixed up', async () => {
      const stream = someStream();
      await store.append([
        someItem({ stream }),
        someItem({ stream: `${stream}-2` }),
        someItem({ stream: stream.toUpperCase() }),
      ]);
      const [events = []] = await store.load([{ stream, afterVersion: 0 }]);
      expect(events.map((event) => event.stream)).toEqual([stream]);
    });
  });

  describe('being told', () => {
    test('a listener is called after an append, until it stops', async () => {
      let calls = 0;
      const stop = store.onAppend(() => (calls += 1));
      await store.append([someItem()]);
      await expect.poll(() => calls).toBeGreaterThan(0);
      calls = 0;
      await store.append([someItem()]);
      await expect.poll(() => calls).toBeGreaterThan(0);
      stop();
      let others = 0;
      store.onAppend(() => (others += 1));
      calls = 0;
      await store.append([someItem()]);
      await expect.poll(() => others).toBeGreaterThan(0);
      expect(calls).toBe(0);
    });
  });
}
