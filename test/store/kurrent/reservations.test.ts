import { describe, expect, test } from 'vitest';
import { kurrentEventStore } from '../../../src/store/kurrent/kurrent-event-store.ts';
import { digest, outcomes, someChain, someItem, someMeta, wholeLog } from '../some-items.ts';
import { ownLog } from './own-log.ts';

const log = ownLog();
const reserve = (id: string, stream: string, content: string) =>
  log.database.asOwner(
    `insert into kurrent_events (event_id, stream, digest) values ('${id}', '${stream}', '${digest(content)}')`,
  );
const reserved = () => log.database.asOwner('select event_id from kurrent_events where position is null');

describe('an id, which KurrentDB takes in any number of streams,', () => {
  test('is what the server itself would take twice', () => {
    const event = { id: 'same', type: 'A', contentType: '', data: new Uint8Array(), metadata: new Uint8Array() };
    for (const stream of ['one', 'other'])
      expect(log.server.log.append(stream, -1, [event])).toMatchObject({ outcome: 'written' });
  });

  test('that a node reserved before it died is completed with the same content, and then is a duplicate', async () => {
    const item = someItem();
    await reserve(item.event.id, item.stream, 'a');
    const store = log.node();
    expect(await outcomes(store, [item])).toEqual(['appended']);
    expect(await outcomes(store, [item])).toEqual(['duplicate']);
    expect(await reserved()).toEqual([]);
  });

  test('that was reserved with another content is not written, and keeps its neighbours from nothing', async () => {
    const item = someItem({ meta: someMeta({ digest: digest('b') }) });
    await reserve(item.event.id, item.stream, 'a');
    const store = log.node({ patienceSeconds: 1 });
    const before = await store.head();
    expect(await store.append([someItem(), item])).toMatchObject([
      { outcome: 'appended' },
      { outcome: 'failed', error: { name: 'IdReserved' } },
    ]);
    const elsewhere = { ...item, stream: someItem().stream };
    expect(await outcomes(store, [elsewhere])).toEqual(['failed']);
    expect(await store.head()).toBe(before + 1);
    const same = { ...item, event: { ...item.event, meta: someMeta() } };
    expect(await outcomes(log.node(), [same])).toEqual(['appended']);
  });

  test('that a node wrote before it died is a duplicate for whoever completes it', async () => {
    const store = log.node({ callSecondsMax: 1, patienceSeconds: 1 });
    const [item, next] = someChain(someItem().stream, 2);
    if (!item || !next) throw new Error('two items');
    await store.head();
    log.server.swallowAnswers(1_000);
    await expect(store.append([item])).rejects.toThrow('cannot be reached');
    log.server.swallowAnswers(0);
    const other = log.node();
    for (const _ of ['once', 'twice']) {
      expect(await other.append([{ ...item, expectedVersion: 7 }])).toMatchObject([
        { outcome: 'duplicate', stream: item.stream, version: 1 },
      ]);
    }
    expect(await outcomes(other, [item, next])).toEqual(['duplicate', 'appended']);
    expect((await wholeLog(other)).filter(({ id }) => id === item.event.id)).toHaveLength(1);
  });

  test('of an item that conflicts, or that is refused, is free again', async () => {
    const store = log.node();
    expect(await outcomes(store, [someItem({ expectedVersion: 3 }), someItem()])).toEqual(['conflict', 'appended']);
    expect(await reserved()).toEqual([]);
  });
});

test('nothing is ever appended at any version', async () => {
  await outcomes(log.node(), [...someChain(someItem().stream, 3), someItem({ expectedVersion: 2 })]);
  expect(log.server.log.expectations.filter((expected) => typeof expected !== 'number')).toEqual([]);
});

test('a queue that is full says so, and writes nothing', async () => {
  const store = kurrentEventStore(log.server.url, {
    databaseUrl: log.database.appUrl,
    log: { warn: () => {} },
    appends: { lanes: 1, queueItemsMax: 2 },
  });
  await store.head();
  const calls = Array.from({ length: 6 }, () => [someItem()]);
  const answers = await Promise.allSettled(calls.map((items) => store.append(items)));
  const refused = answers.flatMap((answer, at) => (answer.status === 'rejected' ? [{ answer, at }] : []));
  expect(refused.length).toBeGreaterThan(0);
  for (const { answer, at } of refused) {
    expect(answer.reason).toMatchObject({ name: 'StoreFull', retryAfterSeconds: 1 });
    const [item] = calls[at] ?? [];
    expect(await store.load([{ stream: item?.stream ?? '', afterVersion: 0 }])).toEqual([[]]);
  }
  await store.close();
});
