import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, chown, mkdir, mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import type { Binaries } from './binaries.ts';
import type { OsUser } from './os-user.ts';

/** One PostgreSQL cluster in a folder that only its operating system user (and root) can enter. */
export type Cluster = {
  readonly folder: string;
  readonly user: OsUser | undefined;
  readonly binaries: Binaries;
  readonly access: Access;
};

export type Access = z.output<typeof Access>;
const Access = z.object({ ownerPassword: z.string(), appPassword: z.string() });

export const OWNER = 'hoi_sach_owner';

/**
 * Opens the cluster in `dataDir`/postgres and makes it first where there is none. Making is all or nothing:
 * a process that is killed in the middle, or loses against another, leaves no half of a cluster.
 */
export const openCluster = async (dataDir: string, user: OsUser | undefined, binaries: Binaries): Promise<Cluster> => {
  const folder = join(dataDir, 'postgres');
  const existing = await readAccess(folder);
  return { folder, user, binaries, access: existing ?? (await createCluster(dataDir, folder, user, binaries)) };
};

/** The folder by the name under which a process that was started in it can reach it, whoever owns the folders above. */
export const fromInside = (folder: string, user: OsUser | undefined): string =>
  user === undefined ? folder : '/proc/self/cwd';

/** Nothing of our own environment, which holds secrets, and no language but the one we parse. */
export const POSTGRES_ENVIRONMENT = { PATH: process.env['PATH'] ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };

const ACCESS_FILE = 'hoi-sach-access.json';

const readAccess = async (folder: string): Promise<Access | undefined> => {
  try {
    return Access.parse(JSON.parse(await readFile(join(folder, ACCESS_FILE), 'utf8')));
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT' && !(await isThere(folder)))
      return undefined;
    throw new Error(`${folder} is not a database folder of Hội Sách, or this user may not read it.`, { cause });
  }
};

const createCluster = async (
  dataDir: string,
  folder: string,
  user: OsUser | undefined,
  binaries: Binaries,
): Promise<Access> => {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const staging = await mkdtemp(join(dataDir, 'postgres.new-'));
  try {
    const access = { ownerPassword: newPassword(), appPassword: newPassword() };
    const data = join(staging, 'data');
    await mkdir(data, { mode: 0o700 });
    await writePrivately(join(staging, 'password'), access.ownerPassword, user);
    if (user !== undefined) await Promise.all([staging, data].map((path) => chown(path, user.uid, user.gid)));
    await initialise(data, user, binaries);
    await writePrivately(join(data, ACCESS_FILE), JSON.stringify(access), user);
    return await putInPlace(data, folder, access);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
};

const initialise = async (data: string, user: OsUser | undefined, binaries: Binaries): Promise<void> => {
  const inside = fromInside(data, user);
  const flags = [
    `--pgdata=${inside}`,
    `--pwfile=${inside}/../password`,
    `--username=${OWNER}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--no-locale',
  ];
  await promisify(execFile)(binaries.initdb, flags, { ...user, cwd: data, env: POSTGRES_ENVIRONMENT });
};

/** A rename is refused when another process was first: its cluster then is the one. */
const putInPlace = async (made: string, folder: string, access: Access): Promise<Access> => {
  try {
    await rename(made, folder);
    return access;
  } catch (error) {
    const existing = await readAccess(folder);
    if (existing === undefined) throw error;
    return existing;
  }
};

const writePrivately = async (path: string, content: string, user: OsUser | undefined): Promise<void> => {
  await writeFile(path, content, { mode: 0o600, flag: 'wx' });
  await chmod(path, 0o600);
  if (user !== undefined) await chown(path, user.uid, user.gid);
};

const newPassword = (): string => randomBytes(24).toString('base64url');

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );
