import { afterEach, describe, expect, test, vi } from 'vitest';
import type { EventStore } from '../../../src/store/event-store.ts';
import { someChain, someItem, someStream } from '../some-items.ts';
import { ownDatabase } from './own-database.ts';

const database = ownDatabase();

const idsAfter = async (store: EventStore, after: number): Promise<string[]> =>
  (await store.follow(after, 100)).map(({ id }) => id);

describe('what a node has appended itself', () => {
  const nodes: EventStore[] = [];
  afterEach(() => Promise.all(nodes.splice(0).map((node) => node.close())));

  /** A node that has followed the log to its end. */
  const following = async (): Promise<[EventStore, number]> => {
    const store = database.node({ pollSeconds: 3600 });
    nodes.push(store);
    store.onAppend(() => {});
    await expect.poll(listeners).toBe(1);
    await store.append([someItem()]);
    const head = await store.head();
    await store.follow(head - 1, 100);
    return [store, head];
  };

  test('is followed without being read, and is what would be read', async () => {
    const [store, head] = await following();
    const items = [
      someItem({
        data: { large: 1e21, small: 5e-324, none: -0, exact: 0.1, 'tên sách': 'Truyện Kiều', missing: undefined },
      }),
      someItem({ occurredAt: -62_135_596_800_000 }),
      ...someChain(someStream(), 2),
      someItem({ expectedVersion: 3 }),
      someItem({ data: ['\u2028', { __proto__: null, b: 1, a: [null] }] }),
    ];
    await store.append(items);
    await database.asOwner('revoke select on events from hoi_sach_app');
    const followed = await store.follow(head, 100);
    await expect(store.read(head, 100)).rejects.toThrow('permission denied');
    await database.asOwner('grant select on events to hoi_sach_app');
    expect(followed).toStrictEqual(await store.read(head, 100));
    expect(followed).toHaveLength(5);
  });

  test('is not what another node has appended in between', async () => {
    const [store, head] = await following();
    const other = database.node();
    const [mine, theirs, last] = [someItem(), someItem(), someItem()];
    await store.append([mine]);
    await other.append([theirs]);
    await store.append([last]);
    expect(await idsAfter(store, head)).toEqual([mine, theirs, last].map(({ event }) => event.id));
  });

  test('is completed by whatever the node was told of', async () => {
    const [store, head] = await following();
    const other = database.node();
    const [mine, theirs] = [someItem(), someItem()];
    await store.append([mine]);
    let calls = 0;
    store.onAppend(() => (calls += 1));
    await other.append([theirs]);
    await expect.poll(() => calls).toBeGreaterThan(0);
    expect(await idsAfter(store, head)).toEqual([mine, theirs].map(({ event }) => event.id));
  });

  /** As a server that was set back to a copy which had not got the last facts. */
  const loseAfter = async (position: number): Promise<void> => {
    await database.asOwner('alter table events disable trigger events_are_facts');
    await database.asOwner('delete from events where position > $1', [position]);
    await database.asOwner('alter table events enable always trigger events_are_facts');
  };

  test('is forgotten when the log goes on before it', async () => {
    const [store, head] = await following();
    await store.append([someItem(), someItem()]);
    await loseAfter(head);
    const after = someItem();
    await store.append([after]);
    expect(await idsAfter(store, head)).toEqual([after.event.id]);
  });

  test('is forgotten when the log turns out to end before it', async () => {
    const [store, head] = await following();
    await store.append([someItem(), someItem()]);
    await loseAfter(head);
    expect(await store.head()).toBe(head);
    expect(await idsAfter(store, head)).toEqual([]);
  });

  test('is forgotten when the connection that listens breaks', async () => {
    const [store, head] = await following();
    await store.append([someItem(), someItem()]);
    await loseAfter(head);
    await database.asOwner(`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and application_name = 'hoi-sach log listener'`);
    await vi.waitFor(async () => expect(await idsAfter(store, head)).toEqual([]));
  });

  test('is forgotten when an append fails', async () => {
    const [store, head] = await following();
    await store.append([someItem(), someItem()]);
    await loseAfter(head);
    await database.asOwner('revoke execute on function append_events from hoi_sach_app');
    expect(await store.append([someItem()])).toMatchObject([{ outcome: 'failed' }]);
    await database.asOwner('grant execute on function append_events to hoi_sach_app');
    expect(await idsAfter(store, head)).toEqual([]);
  });
});

const listeners = async (): Promise<number> =>
  (
    await database.asOwner(`select from pg_stat_activity where datname = current_database()
      and application_name = 'hoi-sach log listener' and state = 'idle' and query = 'listen log'`)
  ).length;
