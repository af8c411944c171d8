import { describe, expect, test } from 'vitest';
import type { EventStore } from '../../../src/store/event-store.ts';
import { outcomes, someItem, wholeLog } from '../some-items.ts';
import { ownLog } from './own-log.ts';

const log = ownLog({ appendBytesMax: 20_000 });
const quick = { callSecondsMax: 1, patienceSeconds: 20 };

/** Appends one after another while `interrupt` is at work. @returns the ids that were said to be in the log */
async function appendThrough(store: EventStore, count: number, interrupt: (at: number) => unknown): Promise<string[]> {
  const ids: string[] = [];
  for (let at = 0; at < count; at += 1) {
    await interrupt(at);
    const item = someItem();
    const [result] = await store.append([item]);
    expect(result).toMatchObject({ outcome: 'appended', version: 1 });
    ids.push(item.event.id);
  }
  return ids;
}

describe('a server that', { timeout: 120_000 }, () => {
  test('drops subscriptions is followed again from where that was, and nothing is missed or seen twice', async () => {
    const store = log.node(quick);
    const start = await store.head();
    let dropped = 0;
    const ids = await appendThrough(store, 30, (at) => {
      if (at % 10 === 5) dropped += log.server.dropSubscriptions();
    });
    expect(dropped).toBeGreaterThan(0);
    const events = await wholeLog(store);
    expect(events.filter(({ position }) => position > start).map(({ id }) => id)).toEqual(ids);
    expect(log.warnings.length).toBeGreaterThan(0);
  });

  test('writes and does not answer is asked again, and it is written once', async () => {
    const store = log.node(quick);
    await store.head();
    const ids = await appendThrough(store, 3, (at) => at === 1 && log.server.swallowAnswers(2));
    const events = await wholeLog(store);
    for (const id of ids) expect(events.filter((event) => event.id === id)).toHaveLength(1);
  });

  test('answers late writes what was sent late, and nothing that was sent twice', async () => {
    const store = log.node(quick);
    await store.head();
    log.server.delayAppends(1, 2_500);
    const item = someItem();
    expect(await outcomes(store, [item, item])).toEqual(['appended', 'duplicate']);
    expect(await outcomes(store, [item])).toEqual(['duplicate']);
    expect(await store.load([{ stream: item.stream, afterVersion: 0 }])).toMatchObject([[{ version: 1 }]]);
  });

  test('is away is waited for, and told of when it stays away', async () => {
    const [patient, hasty] = [log.node(quick), log.node({ callSecondsMax: 1, patienceSeconds: 1 })];
    await Promise.all([patient.head(), hasty.head()]);
    await log.server.stop();
    const [early, late] = [someItem(), someItem()];
    await expect(hasty.append([early])).rejects.toMatchObject({ name: 'StoreUnreachable', retryAfterSeconds: 1 });
    await expect(hasty.load([{ stream: early.stream, afterVersion: 0 }])).rejects.toThrow('cannot be reached');
    const waiting = patient.append([late]);
    await log.server.start();
    expect(await waiting).toMatchObject([{ outcome: 'appended' }]);
    await expect.poll(() => outcomes(hasty, [early, late]).catch(() => []), { timeout: 20_000 }).toContain('duplicate');
    expect(await outcomes(patient, [early, late])).toEqual(['duplicate', 'duplicate']);
  });

  test('takes less than others fails what is too much for it, and nothing beside', async () => {
    const store = log.node(quick);
    const large = someItem({ data: { text: 'a'.repeat(30_000) } });
    for (const expected of ['appended', 'duplicate']) {
      const items = [someItem({ stream: large.stream }), { ...large, expectedVersion: 1 }, someItem()];
      const results = await store.append(expected === 'appended' ? items : items.slice(1, 2));
      expect(results.map(({ outcome }) => outcome)).toEqual(
        expected === 'appended' ? ['appended', 'failed', 'appended'] : ['failed'],
      );
    }
  });
});
