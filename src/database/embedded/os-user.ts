import { execFile } from 'node:child_process';
import { userInfo } from 'node:os';
import { promisify } from 'node:util';

export type OsUser = { readonly uid: number; readonly gid: number };

const run = promisify(execFile);

/**
 * The user that PostgreSQL runs as: undefined for our own; where we are root, which PostgreSQL refuses,
 * the system's `postgres`, made when there is none.
 */
export const postgresUser = async (): Promise<OsUser | undefined> => {
  if (userInfo().uid !== 0) return undefined;
  const existing = await lookUp('postgres');
  if (existing !== undefined) return existing;
  await run('useradd', [
    '--system',
    '--user-group',
    '--no-create-home',
    '--shell',
    '/usr/sbin/nologin',
    'postgres',
  ]).catch((cause: unknown) => {
    throw new Error(
      'PostgreSQL does not run as root, and the user "postgres" for it could not be made. ' +
        'Start Hội Sách as an ordinary user, or set DATABASE_URL to a PostgreSQL server.',
      { cause },
    );
  });
  return lookUp('postgres');
};

/** Whether `user` can read the file, every folder above it included. */
export const mayRead = async (user: OsUser, path: string): Promise<boolean> =>
  run('/bin/sh', ['-c', 'test -r "$1"', 'sh', path], { ...user, cwd: '/' }).then(
    () => true,
    () => false,
  );

const lookUp = async (name: string): Promise<OsUser | undefined> => {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return undefined;
  }
};
