import { randomInt } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { StoredEvent } from '../../../events/envelope.ts';
import type { EventStore } from '../../../src/store/event-store.ts';
import { kurrentEventStore } from '../../../src/store/kurrent/kurrent-event-store.ts';
import { proxyTo, type TcpProxy } from '../../kurrent/tcp-proxy.ts';
import { whichServer } from '../../kurrent/which-server.ts';
import { type FreshDatabase, freshDatabase } from '../../support/database.ts';
import { someChain, someStream, wholeLog } from '../some-items.ts';

const server = whichServer();
const writers = 6;
const callsEach = 20;

let proxy: TcpProxy;
let database: FreshDatabase;
let store: EventStore;
beforeAll(async () => {
  proxy = await proxyTo(server.url);
  database = await freshDatabase({ poolSizeMax: 1 });
  const options = { databaseUrl: database.appUrl, log: { warn: () => {} }, callSecondsMax: 5, patienceSeconds: 60 };
  store = kurrentEventStore(proxy.url, options);
});
afterAll(async () => {
  await store.close();
  await proxy.close();
  await database.drop();
});

test('connections that break cost nobody a fact, and double none', { timeout: 180_000 }, async () => {
  const seen: StoredEvent[] = [];
  const over = new AbortController();
  const follow = async () => {
    for (;;) {
      const hadMore = !over.signal.aborted;
      const next = await store.read(seen.at(-1)?.position ?? 0, 7);
      seen.push(...next);
      if (next.length === 0 && !hadMore) return;
      if (next.length === 0) await delay(5);
    }
  };
  const appended: string[] = [];
  const write = async () => {
    const stream = someStream();
    const chain = someChain(stream, 2 * callsEach);
    for (let at = 0; at < chain.length; at += 2) {
      const items = chain.slice(at, at + 2);
      expect(await store.append(items)).toMatchObject([{ outcome: 'appended' }, { outcome: 'appended' }]);
      appended.push(...items.map(({ event }) => event.id));
      await delay(randomInt(10));
    }
  };
  let cuts = 0;
  const cutNowAndThen = async () => {
    while (!over.signal.aborted) {
      await delay(100 + randomInt(400), undefined, { signal: over.signal }).catch(() => {});
      if (!over.signal.aborted) cuts += proxy.cut();
    }
  };
  const writing = Promise.all(Array.from({ length: writers }, write)).finally(() => over.abort());
  await Promise.all([writing, follow(), cutNowAndThen()]);

  const events = await wholeLog(store);
  expect(cuts).toBeGreaterThan(0);
  expect(events.map(({ id }) => id).toSorted()).toEqual(appended.toSorted());
  expect(events.map(({ position }) => position)).toEqual(events.map((_, at) => at + 1));
  expect(seen).toStrictEqual(events);
});
