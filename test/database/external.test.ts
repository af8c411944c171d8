import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { Secret } from '../../src/config.ts';
import { connect } from '../../src/database/connect.ts';
import { migrate } from '../../src/database/migrate.ts';
import { openDatabase } from '../../src/database/open.ts';
import { inDatabase, TEST_PREFIX } from '../support/names.ts';

/** A database and a login on a server that somebody else runs, as a hosting company hands them out. */
describe('an external database', () => {
  const name = `${TEST_PREFIX}${process.pid}_${randomBytes(4).toString('hex')}`;
  const { ownerUrl: adminUrl } = inject('databaseServer');
  const as = (login: string) => {
    const url = new URL(inDatabase(adminUrl, name));
    [url.username, url.password] = [login, 'hosted'];
    return new Secret(url.href);
  };
  let admin: pg.Client;

  beforeEach(async () => {
    admin = new pg.Client({ connectionString: adminUrl });
    await admin.connect();
    for (const login of ['owner', 'app']) {
      await admin.query(`create role ${name}_${login} login createrole password 'hosted'`);
    }
    await admin.query(`create database ${name} owner ${name}_owner template template0`);
    await admin.query(`grant hoi_sach_app to ${name}_owner with admin option`);
  });

  afterEach(async () => {
    await admin.query(`drop database ${name} with (force)`);
    await admin.query(`drop role ${name}_app`);
    await admin.query(`drop role ${name}_owner`);
    await admin.end();
  });

  it('with one login is migrated as it, and used as the application’s role', async () => {
    const opened = await openDatabase(
      { dataDir: '/nowhere', databaseUrl: as(`${name}_owner`), databaseOwnerUrl: undefined },
      { as: 'server' },
    );
    expect(opened.embedded).toBe(false);
    expect(await rolesAfterMigration(opened)).toEqual({ session_user: `${name}_owner`, current_user: 'hoi_sach_app' });
    await opened.stop();
  });

  it('with two is migrated as the owner, and used by the other in the application’s role', async () => {
    const opened = await openDatabase(
      { dataDir: '/nowhere', databaseUrl: as(`${name}_app`), databaseOwnerUrl: as(`${name}_owner`) },
      { as: 'tool' },
    );
    expect(await rolesAfterMigration(opened)).toEqual({ session_user: `${name}_app`, current_user: 'hoi_sach_app' });
  });

  it('serves as many servers as wish to', async () => {
    const config = { dataDir: '/nowhere', databaseUrl: as(`${name}_owner`), databaseOwnerUrl: undefined };
    const [one, other] = await Promise.all([
      openDatabase(config, { as: 'server' }),
      openDatabase(config, { as: 'server' }),
    ]);
    expect(one.appUrl).toBe(other.appUrl);
  });
});

const rolesAfterMigration = async ({ ownerUrl, appUrl }: { ownerUrl: string; appUrl: string }): Promise<unknown> => {
  await migrate(ownerUrl, appUrl);
  expect(await migrate(ownerUrl, appUrl)).toEqual([]);
  const { pool, close } = connect(appUrl);
  await expect(pool.query('create table smuggled (id int)')).rejects.toThrow('permission denied for schema public');
  const { rows } = await pool.query('select session_user, current_user');
  await close();
  return rows[0];
};
