import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { followWriters } from '../contract/following.ts';
import { someChain, someItem, someStream } from '../some-items.ts';
import { ownDatabase } from './own-database.ts';

const database = ownDatabase();

describe('several nodes write one log', () => {
  describe('while some transactions are slow between taking a position and their end, and some are rolled back', () => {
    beforeAll(() =>
      database.asOwner(`create function hinder() returns trigger language plpgsql as $$
        begin
          perform pg_sleep(random() * 0.004);
          if exists (select from written where data ? 'refused') then
            raise exception 'refused' using errcode = '23514';
          end if;
          return null;
        end $$;
        create trigger hinder after insert on events referencing new table as written
          for each statement execute function hinder()`),
    );
    afterAll(() => database.asOwner('drop trigger hinder on events'));

    test('readers who follow miss nothing and see nothing twice', async () => {
      expect.hasAssertions();
      const nodes = [
        database.node(),
        database.node({ appends: { lanes: 3, laneItemsMin: 1, batchItemsMin: 1 } }),
        database.node(),
      ];
      await followWriters(nodes, { positions: 'gapless' }, (writer) => [
        someItem(),
        someItem({ data: writer % 4 === 0 && randomInt(3) === 0 ? { refused: true } : {} }),
        ...someChain(someStream(), 2),
      ]);
    }, 120_000);
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
