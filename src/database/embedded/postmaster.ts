import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { readFile, readlink, realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type Cluster, fromInside, POSTGRES_ENVIRONMENT } from './cluster.ts';

/** The process id of the running PostgreSQL of this cluster. */
export const findPostmaster = async (cluster: Cluster): Promise<number | undefined> => {
  const pidFile = join(cluster.folder, 'postmaster.pid');
  const content = await readFile(pidFile, 'utf8').catch(() => undefined);
  const pid = Number.parseInt(content ?? '', 10);
  if (content === undefined || !isAlive(pid)) return undefined;
  if (await worksIn(cluster.folder, pid)) return pid;
  disown(pidFile, content);
  return undefined;
};

/**
 * Starts PostgreSQL as a process of its own: it outlives us, so that whoever else works on the data can go on,
 * and ends by itself within seconds once nobody listed in `users/` is alive (after kill -9).
 */
export const launchPostmaster = (cluster: Cluster): ChildProcess => {
  const { folder, user, binaries } = cluster;
  const inside = fromInside(folder, user);
  const log = openLog(join(dirname(folder), 'postgres.log'));
  const settings = { ...SETTINGS, unix_socket_directories: inside };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  try {
    const child = spawn('/bin/sh', ['-c', GUARDED, 'hoi-sach-postgres', binaries.postgres, '-D', inside, ...flags], {
      ...user,
      cwd: folder,
      env: POSTGRES_ENVIRONMENT,
      detached: true,
      stdio: ['ignore', log, log],
    });
    child.unref();
    return child;
  } finally {
    closeSync(log);
  }
};

/** Fast shutdown: transactions in flight are rolled back, everything committed is on disk. */
export const stopPostmaster = async (cluster: Cluster): Promise<void> => {
  const pid = await findPostmaster(cluster);
  if (pid === undefined) return;
  process.kill(pid, 'SIGINT');
  while ((await findPostmaster(cluster)) === pid) await wait(10);
};

export const usersFolder = (cluster: Cluster): string => join(cluster.folder, 'hoi-sach-users');

const SETTINGS = {
  listen_addresses: '',
  max_connections: 200,
  shared_buffers: '256MB',
  max_wal_size: '2GB',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_min_messages: 'warning',
};

/** The shell becomes PostgreSQL; a child of it that belongs to nobody watches over the users of the cluster. */
const GUARDED = `
postgres=$$
alive() { if [ -d /proc/self ]; then [ -d "/proc/$1" ]; else ps -p "$1" >/dev/null 2>&1; fi; }
isours() { [ ! -e postmaster.pid ] || { read -r pid <postmaster.pid && [ "$pid" = "$postgres" ]; }; }
anyone() { for file in hoi-sach-users/*; do file=\${file##*/}; alive "\${file%%.*}" && return; done; return 1; }
guard() { while sleep 1 && alive "$postgres" && isours; do anyone || { kill -INT "$postgres"; return; }; done; }
if anyone; then (guard >/dev/null 2>&1 &); fi
exec "$@"`;

const LOG_BYTES_MAX = 1_000_000;

const openLog = (path: string): number => {
  mkdirSync(dirname(path), { recursive: true });
  const isFull = (statSync(path, { throwIfNoEntry: false })?.size ?? 0) > LOG_BYTES_MAX;
  return openSync(path, isFull ? 'w' : 'a', 0o600);
};

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

/** A process id is given again after a restart, so a living process counts only if it works in this very folder. */
const worksIn = async (folder: string, pid: number): Promise<boolean> => {
  if (process.platform !== 'linux') return true;
  const [theirs, ours] = await Promise.all([readlink(`/proc/${pid}/cwd`).catch(() => undefined), realpath(folder)]);
  return theirs === ours;
};

const NO_PROCESS = '2147483647';

/**
 * PostgreSQL refuses to start while the process of its left-over file lives, even when that is somebody else by now.
 * The file stays, with a process that cannot be, because PostgreSQL finds orphans of the killed one by its other lines.
 */
const disown = (pidFile: string, content: string): void => {
  if (existsSync(pidFile) && readFileSync(pidFile, 'utf8') === content)
    writeFileSync(pidFile, content.replace(/^\d+/, NO_PROCESS));
};
