import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Connection, connect } from '../../src/database/connect.ts';
import { DatabaseSilent } from '../../src/database/in-time.ts';
import { problemOf } from '../../src/http/problems.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { type Proxy, proxyTo } from '../store/postgres/proxy.ts';

let database: FreshDatabase;
let proxy: Proxy;
let connection: Connection;
beforeAll(async () => {
  database = await freshDatabase();
  await database.asOwner('create table kept (value int); grant all on kept to hoi_sach_app');
  proxy = await proxyTo(database.appUrl);
});
afterEach(() => connection.close());
afterAll(async () => {
  await proxy.close();
  await database.drop();
});

/** Over the network, by a pool that waits for two seconds at most. */
const open = (poolSizeMax = 1): Connection =>
  (connection = connect(proxy.url, { poolSizeMax, applicationName: 'in time', answerSecondsMax: 2 }));

const answer = async ({ db }: Connection): Promise<number | undefined> =>
  (await sql<{ value: number }>`select 42 as value`.execute(db)).rows[0]?.value;

describe('a statement that is not answered in time', () => {
  it('is given up with its connection, and the next one is answered by another', async () => {
    const ours = open();
    await expect(sql`select pg_sleep(600)`.execute(ours.db)).rejects.toThrow(new DatabaseSilent(2));
    expect(await answer(ours)).toBe(42);
    expect(ours.pool.totalCount).toBe(1);
  });

  it('ends its transaction, of which nothing is left', async () => {
    const ours = open();
    const statements: string[] = [];
    const broken = ours.db.transaction().execute(async (transaction) => {
      await sql`insert into kept values (1)`.execute(transaction);
      await sql`select pg_sleep(600)`.execute(transaction).catch(() => statements.push('silent'));
      await sql`insert into kept values (2)`.execute(transaction);
    });
    await expect(broken).rejects.toThrow(DatabaseSilent);
    expect(statements).toEqual(['silent']);
    expect((await sql`select from kept`.execute(ours.db)).rows).toEqual([]);
  });

  it('is any that goes down a line on which nothing arrives any more', async () => {
    const ours = open(3);
    await Promise.all([answer(ours), answer(ours), answer(ours)]);
    proxy.freeze();
    const asked = await Promise.allSettled(Array.from({ length: 3 }, () => answer(ours)));
    expect(asked.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(await Promise.all([answer(ours), answer(ours), answer(ours)])).toEqual([42, 42, 42]);
  });

  it('is to whoever asked a reason to come again', () => {
    open();
    expect(problemOf(new DatabaseSilent(30))).toMatchObject({ kind: 'busy', about: { retryAfterSeconds: 2 } });
  });
});

describe('statements that are answered', () => {
  it('keep their connection, though they fail', async () => {
    const ours = open();
    const pid = async () => (await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(ours.db)).rows[0]?.pid;
    const before = await pid();
    await expect(sql`select 1 / 0`.execute(ours.db)).rejects.toThrow('division by zero');
    expect(await pid()).toBe(before);
  });

  it('may take as long as they like over the pool itself', async () => {
    const { pool } = open();
    expect((await pool.query('select pg_sleep(2.5)')).rowCount).toBe(1);
  });
});
