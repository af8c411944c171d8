import { describe, expect, test } from 'vitest';
import { outcomes, someItem, wholeLog } from '../some-items.ts';
import { ownDatabase } from './own-database.ts';

const database = ownDatabase();

const changes = [
  'update events set position = position + 1000',
  `update events set data = '{}'`,
  'update events set data = data where false',
  'delete from events',
  'delete from events where false',
  'truncate events',
];

describe('what is in the log stays as it is', () => {
  test.each(changes)('the application may not: %s', async (change) => {
    const store = database.node();
    await store.append([someItem()]);
    const before = await wholeLog(store);
    await expect(database.asApp(change)).rejects.toMatchObject({ code: '42501' });
    expect(await wholeLog(store)).toStrictEqual(before);
  });

  test.each(changes)('not even the owner may: %s', async (change) => {
    const store = database.node();
    await store.append([someItem()]);
    const before = await wholeLog(store);
    await expect(database.asOwner(change)).rejects.toThrow('append-only');
    await database.asOwner('set session_replication_role = replica');
    await expect(database.asOwner(change)).rejects.toThrow('append-only');
    await database.asOwner('reset session_replication_role');
    expect(await wholeLog(store)).toStrictEqual(before);
  });

  test.each([
    `insert into events values (1000000, gen_random_uuid(), 'a', 1, 'A', 1, '{}', '{}', now(), now())`,
    'update log_head set only_row = true',
    'delete from log_head',
    'select * from log_head for update',
    `select judge_append('{}', '{}', '{}', '{}', '{}', '{}')`,
    'alter table events disable trigger all',
    'drop table events',
    'create table public.mine ()',
  ])('nor may the application go round append_events: %s', async (statement) => {
    await expect(database.asApp(statement)).rejects.toMatchObject({ code: '42501' });
  });

  test('reading and appending it may', async () => {
    expect(await outcomes(database.node(), [someItem()])).toEqual(['appended']);
    await expect(database.asApp('select count(*) from events')).resolves.toBeDefined();
  });
});

test('recorded times do not go back when the clock of the server does', async () => {
  const store = database.node();
  await store.append([someItem()]);
  await database.asOwner(`insert into events
    select position + 1, gen_random_uuid(), 'from-the-future', 1, type, schema, data, meta, occurred_at, '2100-01-01T00:00:00.123Z'
      from events order by position desc limit 1`);
  const future = Date.parse('2100-01-01T00:00:00.123Z');
  for (const _ of ['once', 'and again']) {
    expect(await store.append([someItem()])).toMatchObject([{ outcome: 'appended', recordedAt: future }]);
  }
});
