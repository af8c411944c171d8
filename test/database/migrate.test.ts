import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect } from '../../src/database/connect.ts';
import { migrate, NewerDatabaseError } from '../../src/database/migrate.ts';
import { migrations } from '../../src/database/migrations.ts';
import { emptyDatabase, type FreshDatabase, freshDatabase } from '../support/database.ts';

const names = migrations.map(({ name }) => name);

describe('migrations', () => {
  it('are listed in the order of their numbers, each from the file of its name', () => {
    const files = readdirSync(resolve(import.meta.dirname, '../../src/database/migrations'));
    expect(names.map((name) => `${name}.ts`)).toEqual(files.sort());
    expect(names.map((name) => name.slice(0, 5))).toEqual(
      names.map((_, index) => `${String(index + 1).padStart(4, '0')}-`),
    );
  });

  it('are applied once when several nodes start at the same moment, and not again at the next start', async () => {
    const database = await emptyDatabase();
    try {
      const applied = await Promise.all(Array.from({ length: 4 }, () => migrate(database.ownerUrl, database.appUrl)));
      expect(applied.filter((list) => list.length > 0)).toEqual([names]);
      expect(await migrate(database.ownerUrl, database.appUrl)).toEqual([]);
      const { rows } = await database.pool.query<{ name: string }>('select name from migrations order by name');
      expect(rows.map(({ name }) => name)).toEqual(names);
    } finally {
      await database.drop();
    }
  });
});

describe('a migrated database', () => {
  let database: FreshDatabase;
  beforeAll(async () => {
    database = await freshDatabase();
  });
  afterAll(() => database.drop());

  it('is not touched by an older program than the one that made it', async () => {
    const owner = connect(database.ownerUrl);
    await owner.db.insertInto('migrations').values({ name: '9999-from-the-future' }).execute();
    await expect(migrate(database.ownerUrl, database.appUrl)).rejects.toThrow(NewerDatabaseError);
    await owner.db.deleteFrom('migrations').where('name', '=', '9999-from-the-future').execute();
    await owner.close();
  });

  it('lets the application make schemas for projections of its own', async () => {
    await database.pool.query('create schema projections_test');
    await database.pool.query('create table projections_test.answers (id int primary key)');
    const dropped = await database.pool.query('drop schema projections_test cascade');
    expect(dropped.command).toBe('DROP');
  });

  it('lets the application make no table in the schema of the log', async () => {
    await expect(database.pool.query('create table smuggled (id int)')).rejects.toThrow(
      'permission denied for schema public',
    );
  });

  it('is entered by the application as its own role', async () => {
    const { rows } = await database.pool.query('select current_user as role');
    expect(rows).toEqual([{ role: 'hoi_sach_app' }]);
  });
});
