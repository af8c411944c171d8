import { execFile } from 'node:child_process';
import { userInfo } from 'node:os';
import { promisify } from 'node:util';
import { POSTGRES_ENVIRONMENT } from './cluster.ts';

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
  runAs(user, '/bin/sh', ['-c', 'test -r "$1"', 'sh', path]).then(
    () => true,
    () => false,
  );

/**
 * Runs a program as `user`. Whatever a superuser of the database can run belongs to the same one, and may read the
 * environment of the program: ours, which holds keys, is not given to it.
 * @throws where it ends with another code than 0
 */
export const runAs = (user: OsUser, program: string, flags: readonly string[]): Promise<{ readonly stdout: string }> =>
  run(program, flags, { ...user, cwd: '/', env: POSTGRES_ENVIRONMENT });

const lookUp = async (name: string): Promise<OsUser | undefined> => {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return undefined;
  }
};
