import { describe, expect, test } from 'vitest';
import type { EventStore } from '../../../src/store/event-store.ts';
import type { Traits } from '../contract.ts';
import { someChain, someItem, someStream, wholeLog } from '../some-items.ts';
import { expectPositions } from './positions.ts';

/** Reading, loading, and being told that there is something to read. */
export function reads(store: EventStore, { positions: kind }: Traits): void {
  describe('reading', () => {
    test('positions grow from the first event on, whatever conflicted or failed in between', async () => {
      for (const about of [{}, { expectedVersion: 2 }, { id: 'x' }, {}])
        await store.append([someItem(about), someItem(about)]);
      const log = await wholeLog(store);
      expectPositions(
        log.map(({ position }) => position),
        { after: 0, kind },
      );
      expect(await store.head()).toBe(log.at(-1)?.position);
    });

    test('read gives what lies after a position, at most so many', async () => {
      const before = await store.head();
      await store.append(Array.from({ length: 5 }, () => someItem()));
      const [one = 0, two = 0, three, four, five = 0] = (await store.read(before, 100)).map(({ position }) => position);
      const positions = async (after: number, limit: number) =>
        (await store.read(after, limit)).map(({ position }) => position);
      expect(await positions(two, 2)).toEqual([three, four]);
      expect(await positions(two, 100)).toEqual([three, four, five]);
      expect(await positions(one, 1)).toEqual([two]);
      expect(await positions(five, 100)).toEqual([]);
      expect(await positions(five + 1000, 100)).toEqual([]);
      expect(await positions(0, 1)).toEqual([(await wholeLog(store))[0]?.position]);
    });

    test('readAt gives the events at positions in log order, and leaves out what is not there', async () => {
      await store.append([someItem(), someItem()]);
      const log = await wholeLog(store);
      const [first = 0, beforeLast = 0, last = 0] = [log[0], log.at(-2), log.at(-1)].map((event) => event?.position);
      const events = await store.readAt([last, first, last + 5, last, 0, -1, beforeLast]);
      expect(events).toStrictEqual([log[0], log.at(-2), log.at(-1)]);
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
