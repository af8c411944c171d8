import pg from 'pg';
import { afterEach, describe, expect, test } from 'vitest';
import { appendStatement } from '../../../src/store/postgres/append-statement.ts';
import { NotStorable, type Storable, toStorable } from '../../../src/store/storable.ts';
import { outcomes, someItem, someStream, wholeLog } from '../some-items.ts';
import { ownDatabase } from './own-database.ts';

const database = ownDatabase();
const open: pg.Client[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((client) => client.end()));
});

/** A transaction of somebody else that has appended, has its positions, and has not ended. */
async function heldOpen(item = someItem()): Promise<pg.Client> {
  const client = await connected();
  await client.query('begin');
  await client.query(appendStatement([storable(item)], null));
  return client;
}

async function connected(): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: database.url });
  client.on('error', () => {});
  await client.connect();
  open.push(client);
  return client;
}

function storable(item: Parameters<typeof toStorable>[0]): Storable {
  const checked = toStorable(item);
  if (checked instanceof NotStorable) throw checked;
  return checked;
}

/** Somebody waits behind whoever appends. */
async function isWaited(): Promise<void> {
  const backends = () =>
    database.asOwner(`select from pg_stat_activity where datname = current_database()
      and application_name = 'hoi-sach log' and wait_event_type = 'Lock'`);
  await expect.poll(backends, { timeout: 20_000 }).toHaveLength(1);
}

describe('a writer that is held open between taking a position and its commit', () => {
  test.each([
    ['commits', 'commit', 1],
    ['rolls back', 'rollback', 0],
  ])('and then %s: nobody gets past it, and no position is missed or left out', async (_, end, events) => {
    const store = database.node();
    await store.append([someItem()]);
    const head = await store.head();
    const held = someItem();
    const holder = await heldOpen(held);
    const next = someItem();
    let isAnswered = false;
    const answer = store.append([next]).finally(() => (isAnswered = true));
    await isWaited();
    expect(await store.read(head, 10)).toEqual([]);
    expect(await store.load([held, next].map(({ stream }) => ({ stream, afterVersion: 0 })))).toEqual([[], []]);
    expect(await store.head()).toBe(head);
    expect(isAnswered).toBe(false);

    await holder.query(end);
    expect(await answer).toMatchObject([{ outcome: 'appended', position: head + events + 1 }]);
    const expected = [held, next].slice(1 - events).map(({ event }, at) => [event.id, head + 1 + at]);
    expect((await store.read(head, 10)).map(({ id, position }) => [id, position])).toEqual(expected);
  });

  test('and is then killed: it is as if it had not been', async () => {
    const store = database.node();
    const head = await store.head();
    const held = someItem();
    await heldOpen(held);
    const answer = store.append([someItem({ stream: held.stream })]);
    await isWaited();
    await database.asOwner(`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and state = 'idle in transaction'`);
    expect(await answer).toMatchObject([{ outcome: 'appended', version: 1, position: head + 1 }]);
    expect(await outcomes(store, [held])).toEqual(['conflict']);
  });

  test.each([
    ['the same version of a stream', () => ({ stream: someStream() }), { outcome: 'conflict', currentVersion: 1 }],
    ['the same id', () => ({ id: someItem().event.id }), { outcome: 'duplicate', version: 1 }],
  ])('has %s before whoever waited for it', async (_, about, outcome) => {
    const store = database.node();
    const same = about();
    const holder = await heldOpen(someItem(same));
    const answer = store.append([someItem(same)]);
    await isWaited();
    await holder.query('commit');
    expect(await answer).toMatchObject([outcome]);
  });
});

test('a transaction of somebody else that is open for long holds neither writers nor readers back', async () => {
  const store = database.node();
  const foreign = await connected();
  await foreign.query('begin isolation level repeatable read');
  await foreign.query('create temporary table written_to (word text)');
  const { rows: before } = await foreign.query('select count(*) from events');
  const items = Array.from({ length: 20 }, () => someItem());
  const head = await store.head();
  for (const item of items) expect(await outcomes(store, [item])).toEqual(['appended']);
  expect((await store.read(head, 100)).map(({ id }) => id)).toEqual(items.map(({ event }) => event.id));
  expect((await foreign.query('select count(*) from events')).rows).toEqual(before);
  await foreign.query('commit');
  expect((await wholeLog(store)).slice(-20).map(({ id }) => id)).toEqual(items.map(({ event }) => event.id));
});
