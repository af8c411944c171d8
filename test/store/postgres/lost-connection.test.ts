import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { StoreUnreachable } from '../../../src/store/event-store.ts';
import { digest, outcomes, someChain, someId, someItem, someMeta, someStream, wholeLog } from '../some-items.ts';
import { ownDatabase } from './own-database.ts';
import { type Proxy, proxyTo } from './proxy.ts';

vi.setConfig({ testTimeout: 60_000 });
const database = ownDatabase();
let proxy: Proxy;
beforeAll(async () => {
  proxy = await proxyTo(database.url);
});
afterAll(() => proxy.close());

describe('a connection that is lost after the server has written', () => {
  test.each([1, 3])('%i times in a row: what was written is answered as appended, with its place', async (times) => {
    const store = database.node({ url: proxy.url });
    await store.append([someItem()]);
    const head = await store.head();
    const stream = someStream();
    const items = [someItem(), ...someChain(stream, 3), someItem({ data: { 'tên sách': 'Truyện Kiều', copies: 1.5 } })];
    const cutsBefore = proxy.cuts();
    proxy.swallowAnswers(times);
    const results = await store.append(items);
    expect(proxy.cuts()).toBe(cutsBefore + times);
    expect(results).toMatchObject(
      items.map(({ expectedVersion }, at) => ({
        outcome: 'appended',
        position: head + 1 + at,
        version: expectedVersion + 1,
      })),
    );
    const stored = await store.read(head, 100);
    expect(stored.map(({ id }) => id)).toEqual(items.map(({ event }) => event.id));
    for (const [at, result] of results.entries()) expect(result).toMatchObject({ recordedAt: stored[at]?.recordedAt });
    expect(new Set(await outcomes(store, items))).toEqual(new Set(['duplicate']));
  });

  test('what was a duplicate, or a conflict, before is still one', async () => {
    const store = database.node({ url: proxy.url });
    const [known, taken] = [someItem(), someItem()];
    await store.append([known, taken]);
    const twice = someItem();
    const items = [
      someItem({ id: known.event.id }),
      { ...known, event: { ...known.event, meta: someMeta({ correlation: 'request-2' }) } },
      { ...known, event: { ...known.event, meta: someMeta({ digest: digest('b') }) } },
      someItem({ stream: taken.stream }),
      twice,
      twice,
      someItem({ id: 'x' }),
    ];
    proxy.swallowAnswers(1);
    expect(await store.append(items)).toMatchObject([
      { outcome: 'duplicate', stream: known.stream },
      { outcome: 'duplicate', stream: known.stream },
      { outcome: 'duplicate', stream: known.stream, digest: digest('a') },
      { outcome: 'conflict', currentVersion: 1 },
      { outcome: 'appended' },
      { outcome: 'duplicate', stream: twice.stream },
      { outcome: 'failed' },
    ]);
  });

  test('a read is asked again', async () => {
    const store = database.node({ url: proxy.url });
    const item = someItem();
    await store.append([item]);
    for (const ask of [
      () => store.load([{ stream: item.stream, afterVersion: 0 }]),
      () => store.read(0, 1),
      () => store.readAt([1]),
    ]) {
      const expected = await ask();
      proxy.swallowAnswers(1);
      expect(await ask()).toEqual(expected);
    }
  });
});

test('while backends are killed under 32 writers nothing is lost and nothing is twice in the log', async () => {
  const store = database.node({ appends: { lanes: 3, laneItemsMin: 1, batchItemsMin: 4 } });
  const start = await store.head();
  let killed = 0;
  const kill = async () => {
    const rows = await database.asOwner(`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and application_name = 'hoi-sach log'`);
    killed += rows.length;
  };
  const positions = new Map<number, string>();
  const write = async () => {
    const stream = someStream();
    for (let expectedVersion = 0; expectedVersion < 25; expectedVersion += 1) {
      const item = someItem({ stream, expectedVersion });
      const [result] = await store.append([item]);
      expect(result).toMatchObject({ outcome: 'appended', version: expectedVersion + 1 });
      if (result?.outcome === 'appended') positions.set(result.position, item.event.id);
      if (positions.size % 20 === 0) await kill();
    }
  };
  await Promise.all(Array.from({ length: 32 }, write));
  const log = (await wholeLog(store, 5000)).slice(start);
  expect(log.map(({ position }) => position)).toEqual(Array.from({ length: 32 * 25 }, (_, at) => start + at + 1));
  for (const { position, id } of log) expect(positions.get(position)).toBe(id);
  expect(killed).toBeGreaterThan(10);
});

test('a connection that says nothing any more is given up, and the statement sent again', async () => {
  const store = database.node({ url: proxy.url, statementSecondsMax: 0.3 });
  await store.append([someItem()]);
  proxy.freeze();
  expect(await outcomes(store, [someItem(), someItem()])).toEqual(['appended', 'appended']);
});

test('a database that stays away is an error that says to try again', async () => {
  const gone = await proxyTo(database.url);
  const store = database.node({ url: gone.url, patienceSeconds: 0.2 });
  const item = someItem({ id: someId() });
  await store.append([item]);
  await gone.close();
  for (const ask of [
    () => store.append([someItem()]),
    () => store.load([{ stream: 'a', afterVersion: 0 }]),
    () => store.head(),
  ]) {
    await expect(ask()).rejects.toThrow(StoreUnreachable);
  }
});
