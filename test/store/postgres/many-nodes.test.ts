import { describe, expect, test, vi } from 'vitest';
import type { AppendItem, AppendResult, EventStore } from '../../../src/store/event-store.ts';
import type { StoredEvent } from '../../../events/envelope.ts';
import { digest, someChain, someId, someItem, someMeta, someStream, wholeLog } from '../some-items.ts';
import { ownDatabase } from './own-database.ts';

vi.setConfig({ testTimeout: 60_000 });
const database = ownDatabase();
const rounds = Array.from({ length: 50 }, (_, round) => round);

/** The same moment on every node, as far as that goes; who wins is open. */
const race = async (nodes: readonly EventStore[], items: readonly AppendItem[]): Promise<AppendResult[]> =>
  (await Promise.all(items.map((item, at) => nodes[at % nodes.length]?.append([item]) ?? Promise.resolve([])))).flat();

const counted = (results: readonly AppendResult[]): Record<string, number> =>
  Object.fromEntries(
    Object.entries(Object.groupBy(results, ({ outcome }) => outcome)).map(([outcome, of]) => [
      outcome,
      of?.length ?? 0,
    ]),
  );

describe('several nodes write one log', () => {
  test('of those who want the same version of a stream exactly one gets it', async () => {
    const nodes = [database.node(), database.node()];
    for (const round of rounds) {
      const stream = someStream();
      const current = round % 3;
      await nodes[0]?.append(someChain(stream, current));
      const rivals = Array.from({ length: 4 }, () => someItem({ stream, expectedVersion: current }));
      const results = await race(nodes, rivals);
      expect(counted(results)).toEqual({ appended: 1, conflict: 3 });
      expect(results.filter(({ outcome }) => outcome === 'conflict')).toEqual(
        Array.from({ length: 3 }, () => ({ outcome: 'conflict', currentVersion: current + 1 })),
      );
    }
  });

  test('of those who bring the same id exactly one gets it, whatever their streams', async () => {
    const nodes = [database.node(), database.node()];
    for (const round of rounds) {
      const id = someId();
      const stream = someStream();
      const rivals = ['a', 'b', 'c', 'd'].map((letter) =>
        someItem({ id, stream: round % 2 ? stream : someStream(), meta: someMeta({ digest: digest(letter) }) }),
      );
      const results = await race(nodes, rivals);
      expect(counted(results)).toEqual({ appended: 1, duplicate: 3 });
      const won = results.findIndex(({ outcome }) => outcome === 'appended');
      const duplicate = { outcome: 'duplicate', stream: rivals[won]?.stream, digest: rivals[won]?.event.meta.digest };
      expect(results.filter(({ outcome }) => outcome === 'duplicate')).toMatchObject([duplicate, duplicate, duplicate]);
    }
  });

  test('batches that cross each other in ids and streams end without a deadlock, each item once', async () => {
    const nodes = [database.node(), database.node(), database.node()];
    const streams = Array.from({ length: 20 }, someStream);
    const items = streams.map((stream) => someItem({ stream }));
    const orders = [
      items,
      items.toReversed(),
      items.toSorted((a, b) => (a.event.id.slice(-4) < b.event.id.slice(-4) ? -1 : 1)),
    ];
    const answers = await Promise.all(
      rounds.flatMap(() => orders.map((order, at) => nodes[at]?.append(order) ?? Promise.resolve([]))),
    );
    expect(counted(answers.flat())).toEqual({ appended: 20, duplicate: 20 * (rounds.length * 3 - 1) });
  });

  test('positions are 1…n, and a reader who follows the writers sees each event once', async () => {
    const nodes = [database.node(), database.node({ appends: { lanes: 3, batchItemsMin: 1 } })];
    const reader = database.node();
    await database.asOwner(`create function refuse_some() returns trigger language plpgsql as $$
      begin if new.data ? 'refused' then raise exception 'refused' using errcode = '23514'; end if; return new; end $$;
      create trigger refuse_some before insert on events for each row execute function refuse_some()`);
    const start = await reader.head();
    let isWriting = true;
    const seen: StoredEvent[] = [];
    const following = (async () => {
      for (;;) {
        const wasWriting = isWriting;
        const next = await reader.read(seen.at(-1)?.position ?? start, 17);
        seen.push(...next);
        if (next.length === 0 && !wasWriting) return;
      }
    })();
    const writer = async (node: EventStore, at: number) => {
      for (let n = 0; n < 40; n += 1) {
        await node.append([someItem(), someItem({ data: at % 4 === 0 ? { refused: true } : {} }), someItem()]);
      }
    };
    await Promise.all(Array.from({ length: 24 }, (_, at) => writer(nodes[at % 2] ?? reader, at)));
    isWriting = false;
    await following;
    await database.asOwner('drop trigger refuse_some on events');

    const written = 24 * 40 * 2 + 18 * 40;
    expect(seen.map(({ position }) => position)).toEqual(Array.from({ length: written }, (_, at) => start + at + 1));
    expect(new Set(seen.map(({ id }) => id)).size).toBe(written);
    const log = await wholeLog(reader, 5000);
    expect(log.map(({ position }) => position)).toEqual(Array.from({ length: start + written }, (_, at) => at + 1));
    expect(log.slice(start)).toEqual(seen);
    for (const [at, { recordedAt }] of seen.entries())
      expect(recordedAt).toBeGreaterThanOrEqual(seen[at - 1]?.recordedAt ?? 0);
  });

  test('a node is told what another one wrote', async () => {
    const [writer, reader] = [database.node(), database.node({ pollSeconds: 3600 })];
    let told = 0;
    reader.onAppend(() => (told += 1));
    await expect.poll(listeners).toBeGreaterThan(0);
    told = 0;
    await writer.append([someItem()]);
    await expect.poll(() => told).toBeGreaterThan(0);
  });

  test('a node whose listening connection was killed hears again', async () => {
    const [writer, reader] = [database.node(), database.node({ pollSeconds: 0.05 })];
    let told = 0;
    reader.onAppend(() => (told += 1));
    await expect.poll(listeners).toBeGreaterThan(0);
    await database.asOwner(`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and application_name = 'hoi-sach log listener'`);
    await writer.append([someItem()]);
    await expect.poll(() => told).toBeGreaterThan(0);
    await expect.poll(listeners).toBeGreaterThan(0);
  });
});

const listeners = async (): Promise<number> =>
  (
    await database.asOwner(`select from pg_stat_activity where datname = current_database()
      and application_name = 'hoi-sach log listener' and state = 'idle' and query = 'listen log'`)
  ).length;
