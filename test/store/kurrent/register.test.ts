import { describe, expect, test } from 'vitest';
import { checkLogPlace, OtherLogError } from '../../../src/store/log-place.ts';
import { kurrentEventStore } from '../../../src/store/kurrent/kurrent-event-store.ts';
import { LogLost } from '../../../src/store/kurrent/reading.ts';
import { postgresEventStore } from '../../../src/store/postgres/postgres-event-store.ts';
import { startKurrentServer } from '../../kurrent/server/kurrent-server.ts';
import { freshDatabase } from '../../support/database.ts';
import { outcomes, someChain, someItem, someStream, wholeLog } from '../some-items.ts';
import { ownLog } from './own-log.ts';

const log = ownLog();

/** As after a crash that lost the last commits, or where a backup was restored. */
async function setBack(events: number): Promise<void> {
  await log.database.asOwner(`begin;
    delete from kurrent_events where position > ${events};
    update kurrent_log set events = ${events}, scanned = (select max(commit_position) from kurrent_events),
      recorded_ms = (select max(recorded_ms) from kurrent_events);
    commit`);
}

describe('position and time of recording', () => {
  test('are those of the log, whichever node writes and however its clock goes', async () => {
    const nodes = [0, 3_600_000, -3_600_000].map((skew) => log.node({ clock: () => Date.now() + skew }));
    const calls = nodes.flatMap((node) => Array.from({ length: 20 }, () => node.append([someItem(), someItem()])));
    const answered = (await Promise.all(calls)).flat();
    for (const node of nodes) {
      const events = await wholeLog(node, 7);
      expect(events.map(({ position }) => position)).toEqual(events.map((_, at) => at + 1));
      const times = events.map(({ recordedAt }) => recordedAt);
      expect(times).toEqual(times.toSorted((a, b) => a - b));
      for (const result of answered) {
        if (result.outcome !== 'appended') throw new Error('was appended');
        expect(events[result.position - 1]).toMatchObject({ recordedAt: result.recordedAt });
      }
    }
  });

  test('have no gaps though KurrentDB has them, and count nothing of the server or of anybody else', async () => {
    const store = log.node();
    const before = await store.head();
    const item = {
      id: crypto.randomUUID(),
      type: 'A',
      contentType: '',
      data: Buffer.from('{}'),
      metadata: Buffer.from(''),
    };
    log.server.log.append('somebody-elses', -1, [item]);
    await store.append(someChain(someStream(), 3));
    expect((await store.read(before, 10)).map(({ position }) => position)).toEqual([
      before + 1,
      before + 2,
      before + 3,
    ]);
    const bytes = log.server.log.records.map(({ position }) => position);
    expect(bytes.every((position, at) => at === 0 || position > (bytes[at - 1] ?? 0) + 1)).toBe(true);
    expect(log.server.log.records.some(({ stream }) => stream.startsWith('$'))).toBe(true);
  });

  test('are the same again where the register is lost, from the log alone', async () => {
    const events = await wholeLog(log.node());
    await log.database.asOwner('delete from kurrent_events');
    await log.database.asOwner('update kurrent_log set scanned = -1, events = 0, recorded_ms = -8640000000000000');
    const store = log.node();
    const [first] = events;
    const known = first && { stream: first.stream, expectedVersion: first.version - 1, event: first };
    // Nothing is appended before all that is in the log is known, so that no id is taken twice.
    expect(await outcomes(store, known ? [known] : [])).toEqual(['duplicate']);
    expect(await wholeLog(store)).toStrictEqual(events);
  });

  test('are the same again where the register was set back while nodes are at work', async () => {
    const [one, other] = [log.node(), log.node()];
    const before = await one.head();
    await one.append([someItem(), someItem()]);
    const events = await wholeLog(other);
    await setBack(before);
    await one.append([someItem()]);
    expect((await wholeLog(other)).slice(0, -1)).toStrictEqual(events);
  });
});

describe('a register that was set back while nobody writes', { timeout: 60_000 }, () => {
  test('is noticed by whoever follows the log, and filled again', async () => {
    const store = log.node();
    const before = await store.head();
    const [first, second] = [someItem(), someItem()];
    await store.append([first, second]);
    const events = await wholeLog(store);
    await setBack(before + 1);
    expect(await store.load([{ stream: second.stream, afterVersion: 0 }])).toStrictEqual([[events.at(-1)]]);
    await setBack(before);
    await expect.poll(() => store.head(), { timeout: 20_000 }).toBe(events.length);
    expect(await wholeLog(store)).toStrictEqual(events);
    expect(await wholeLog(log.node())).toStrictEqual(events);
  });
});

describe('what is registered', () => {
  test.each([
    `update kurrent_events set position = -position where position is not null`,
    `update kurrent_events set recorded_ms = 0, digest = '' where position is not null`,
    `delete from kurrent_events`,
    `truncate kurrent_events`,
    `insert into kurrent_events (event_id, stream, digest, version, commit_position, recorded_ms, position)
      values (gen_random_uuid(), 'a', 'b', 1, 999999999999, 1, 999999999)`,
    `update kurrent_log set scanned = -1`,
    `update kurrent_log set events = 0, recorded_ms = 0`,
    `update kurrent_log set name = 'another-'`,
    `delete from kurrent_log`,
  ])('is not the application’s to change: %s', async (statement) => {
    const events = await wholeLog(log.node());
    await expect(log.database.pool.query(statement)).rejects.toThrow('permission denied');
    expect(await wholeLog(log.node())).toStrictEqual(events);
  });

  test('is not freed', async () => {
    const store = log.node();
    const item = someItem();
    await store.append([item]);
    await log.database.pool.query('select release_ids($1)', [[item.event.id]]);
    expect(await outcomes(store, [item])).toEqual(['duplicate']);
  });
});

describe('a database', () => {
  test('stays with its log', async () => {
    await expect(checkLogPlace(log.database.db, 'postgresql')).rejects.toThrow(OtherLogError);
    await checkLogPlace(log.database.db, 'kurrentdb');
    const other = await freshDatabase({ poolSizeMax: 1 });
    await checkLogPlace(other.db, 'kurrentdb');
    const store = postgresEventStore(other.appUrl);
    await store.append([someItem()]);
    await store.close();
    await expect(checkLogPlace(other.db, 'kurrentdb')).rejects.toThrow(OtherLogError);
    await checkLogPlace(other.db, 'postgresql');
    await other.drop();
  });

  test('knows when a KurrentDB does not hold what was in its log', async () => {
    await log.node().append([someItem()]);
    const empty = await startKurrentServer();
    const store = kurrentEventStore(empty.url, { databaseUrl: log.database.appUrl, log: { warn: () => {} } });
    await expect(store.head()).rejects.toThrow(LogLost);
    await expect(store.append([someItem()])).rejects.toThrow(/event \d+ of the log/);
    await store.close();
    await empty.stop();
  });
});
