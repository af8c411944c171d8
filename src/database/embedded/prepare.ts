import type pg from 'pg';
import type { Cluster } from './cluster.ts';

export const DATABASE = 'hoi_sach';

/** Makes the application's login and its database in a new cluster; one process does, others wait for it. */
export const createDatabase = async (client: pg.Client, cluster: Cluster): Promise<void> => {
  await client.query('select pg_advisory_lock($1)', [PREPARATION]);
  try {
    if (!(await isThere(client, 'select from pg_roles where rolname = $1', 'hoi_sach_app'))) {
      const password = client.escapeLiteral(cluster.access.appPassword);
      await client.query(`create role hoi_sach_app login password ${password}`);
    }
    // template0, because template1 can be busy: autovacuum visits it.
    if (!(await isThere(client, 'select from pg_database where datname = $1', DATABASE))) {
      await client.query(`create database ${DATABASE} template template0`);
    }
  } finally {
    await client.query('select pg_advisory_unlock($1)', [PREPARATION]);
  }
};

const PREPARATION = 3;

const isThere = async (client: pg.Client, query: string, name: string): Promise<boolean> =>
  (await client.query(query, [name])).rowCount === 1;
