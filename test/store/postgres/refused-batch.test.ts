import { beforeAll, describe, expect, test } from 'vitest';
import { StoreFull } from '../../../src/store/event-store.ts';
import { outcomes, someChain, someItem, someStream } from '../some-items.ts';
import { ownDatabase } from './own-database.ts';

const database = ownDatabase();
const poison = { poison: true };
beforeAll(() => database.asOwner(`alter table events add constraint no_poison check (not data ? 'poison')`));

describe('a batch that the server refuses', () => {
  test.each([[[0]], [[7]], [[3, 4]], [[0, 5, 11]]])(
    'fails for the items at fault only, here %j of 12',
    async (guilty) => {
      const store = database.node();
      const items = Array.from({ length: 12 }, (_, at) => someItem(guilty.includes(at) ? { data: poison } : {}));
      const expected = (good: string) => items.map((_, at) => (guilty.includes(at) ? 'failed' : good));
      const head = await store.head();
      expect(await outcomes(store, items)).toEqual(expected('appended'));
      expect(await outcomes(store, items)).toEqual(expected('duplicate'));
      const written = (await store.read(head, 100)).map(({ id, position }) => [position - head, id]);
      const good = items.filter((_, at) => !guilty.includes(at));
      expect(written).toEqual(good.map(({ event }, at) => [at + 1, event.id]));
    },
  );

  test('keeps chains in order, and what builds on the item at fault conflicts', async () => {
    const [whole, broken] = [someStream(), someStream()];
    const items = [
      ...someChain(whole, 5),
      ...someChain(broken, 2),
      someItem({ stream: broken, expectedVersion: 2, data: poison }),
    ];
    items.push(someItem({ stream: broken, expectedVersion: 3 }), someItem({ stream: whole, expectedVersion: 5 }));
    const results = await database.node().append(items);
    expect(results.map(({ outcome }) => outcome)).toEqual([
      ...Array(7).fill('appended'),
      'failed',
      'conflict',
      'appended',
    ]);
    expect(results[8]).toEqual({ outcome: 'conflict', currentVersion: 2 });
  });

  test('concerns no other caller', async () => {
    const store = database.node();
    const calls = Array.from({ length: 100 }, (_, at) =>
      store.append([someItem(at % 10 === 0 ? { data: poison } : {})]),
    );
    const answers = await Promise.all(calls);
    for (const [at, [result]] of answers.entries()) {
      expect(result?.outcome).toBe(at % 10 === 0 ? 'failed' : 'appended');
    }
    expect(answers[0]).toMatchObject([{ error: { code: '23514' } }]);
  });
});

describe('a queue that is full', () => {
  test('refuses at once, writes nothing of the refused call, and takes calls again when it has room', async () => {
    const store = database.node({ appends: { queueItemsMax: 10, lanes: 1 } });
    const accepted = Array.from({ length: 10 }, () => store.append([someItem()]));
    const [one, two] = [someItem(), someItem()];
    await expect(store.append([one, two])).rejects.toThrow(StoreFull);
    await expect(store.append([one])).rejects.toMatchObject({ retryAfterSeconds: 1 });
    for (const [result] of await Promise.all(accepted)) expect(result?.outcome).toBe('appended');
    expect(await store.load([one, two].map(({ stream }) => ({ stream, afterVersion: 0 })))).toEqual([[], []]);
    expect(await outcomes(store, [one, two])).toEqual(['appended', 'appended']);
  });

  test('closing waits for what was accepted', async () => {
    const store = database.node();
    const accepted = Array.from({ length: 50 }, () => store.append([someItem()]));
    await Promise.all([store.close(), store.close()]);
    for (const [result] of await Promise.all(accepted)) expect(result?.outcome).toBe('appended');
  });
});
