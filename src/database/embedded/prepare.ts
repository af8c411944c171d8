import pg from 'pg';
import type { Cluster } from './cluster.ts';

export const DATABASE = 'hoi_sach';

/** Makes the application's login and its database in a new cluster. Two processes may do so at once. */
export const createDatabase = async (client: pg.Client, cluster: Cluster): Promise<void> => {
  const { rows } = await client.query('select 1 from pg_database where datname = $1', [DATABASE]);
  if (rows.length > 0) return;
  const password = client.escapeLiteral(cluster.access.appPassword);
  await unlessThere(client.query(`create role hoi_sach_app login password ${password}`));
  await unlessThere(client.query(`create database ${DATABASE}`));
};

const DUPLICATE = new Set(['42710', '42P04', '23505']);

const unlessThere = async (creation: Promise<unknown>): Promise<void> => {
  try {
    await creation;
  } catch (error) {
    if (!(error instanceof pg.DatabaseError) || error.code === undefined || !DUPLICATE.has(error.code)) throw error;
  }
};
