import pg from 'pg';
import { type Cluster, OWNER } from './cluster.ts';

/** What a process is to the cluster: the one server, or a command line that may join and go at any time. */
export type Role = 'server' | 'tool';

/** The same data is served already. */
export class AlreadyServedError extends Error {
  override readonly name = 'AlreadyServedError';
}

/**
 * Joins the cluster through a session that lasts as long as our work. Both locks are PostgreSQL's own, tied to that
 * session, so they end with the process however it ends, and no process id that was given again can hold one.
 * @throws AlreadyServedError where another server holds the data; pg's own errors where PostgreSQL is not up
 */
export const join = async (cluster: Cluster, role: Role, socketFolder: string): Promise<pg.Client> => {
  const client = new pg.Client({
    host: socketFolder,
    user: OWNER,
    password: cluster.access.ownerPassword,
    database: 'postgres',
    application_name: `hoi-sach ${role} ${process.pid}`,
  });
  // A broken session shows in the event `end`; this listener only keeps pg from throwing it.
  client.on('error', () => {});
  await client.connect();
  try {
    await client.query('select pg_advisory_lock_shared($1)', [MEMBERS]);
    if (role === 'server') await becomeTheServer(client, cluster);
    return client;
  } catch (error) {
    await client.end().catch(() => {});
    throw error;
  }
};

/** Leaves the cluster. True where nobody else is in it and nobody can enter any more: then it is ours to stop. */
export const leave = async (client: pg.Client): Promise<boolean> => {
  await client.query('select pg_advisory_unlock_shared($1)', [MEMBERS]);
  const { rows } = await client.query<{ got: boolean }>('select pg_try_advisory_lock($1) as got', [MEMBERS]);
  return rows[0]?.got === true;
};

const MEMBERS = 1;
const SERVER = 2;
const LOCK_NOT_AVAILABLE = '55P03';

/** The session of a server that was just killed may take a moment to end, so we wait that long. */
const becomeTheServer = async (client: pg.Client, cluster: Cluster): Promise<void> => {
  try {
    await client.query(`set lock_timeout = '1s'`);
    await client.query('select pg_advisory_lock($1)', [SERVER]);
  } catch (error) {
    if (!(error instanceof pg.DatabaseError) || error.code !== LOCK_NOT_AVAILABLE) throw error;
    throw new AlreadyServedError(
      `Another Hội Sách server${await holder(client)} is using the data in ${cluster.folder}. ` +
        'Stop it first, or give this one a folder of its own with DATA_DIR.',
    );
  }
};

const holder = async (client: pg.Client): Promise<string> => {
  const { rows } = await client.query<{ application_name: string }>(
    `select application_name from pg_stat_activity join pg_locks using (pid)
     where locktype = 'advisory' and objid = $1 and granted`,
    [SERVER],
  );
  const pid = rows[0]?.application_name.split(' ').at(-1);
  return pid === undefined ? '' : ` (process ${pid})`;
};
