import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connect } from '../../src/database/connect.ts';
import { checkDatabase } from '../../src/worker/database-check.ts';
import { emptyDatabase, type FreshDatabase, freshDatabase } from '../support/database.ts';

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());

describe('the check of a database before a Worker serves from it', () => {
  test('has nothing against one of this version', async () => {
    await expect(checkDatabase(database.pool)).resolves.toBeUndefined();
  });

  test('refuses one that nobody has migrated', async () => {
    const empty = await emptyDatabase();
    await expect(checkDatabase(empty.pool)).rejects.toThrow(/never migrated.*npm run -s cli -- migrate/);
    await empty.drop();
  });

  test('refuses a login that could change facts', async () => {
    const { pool, close } = connect(database.ownerUrl);
    await expect(checkDatabase(pool)).rejects.toThrow('must log in as hoi_sach_app');
    await close();
  });

  test('refuses one that lacks something, or holds what only a newer version knows', async () => {
    const { db, close } = connect(database.ownerUrl);
    await db.insertInto('migrations').values({ name: '9999-tomorrow' }).execute();
    await expect(checkDatabase(database.pool)).rejects.toThrow(/newer version.*9999-tomorrow/);
    await db.deleteFrom('migrations').where('name', 'in', ['9999-tomorrow', '0002-log']).execute();
    await expect(checkDatabase(database.pool)).rejects.toThrow(/lacks 0002-log.*npm run -s cli -- migrate/);
    await db.insertInto('migrations').values({ name: '0002-log' }).execute();
    await close();
  });

  test('refuses one whose log is in KurrentDB', async () => {
    await database.asOwner(`insert into kurrent_log (name, events) values ('elsewhere-', 1)`);
    await expect(checkDatabase(database.pool)).rejects.toThrow(/in KurrentDB.*EVENT_STORE/);
    await database.asOwner('delete from kurrent_log');
  });

  test('refuses to read through a cache', async () => {
    const answers = new Map<unknown, Promise<unknown>>();
    const cached = new Proxy(database.pool, {
      get: (pool, key): unknown =>
        key === 'query'
          ? (text: string) => answers.get(text) ?? answers.set(text, pool.query(text)).get(text)
          : Reflect.get(pool, key),
    });
    await expect(checkDatabase(cached)).rejects.toThrow('--caching-disabled');
  });
});
