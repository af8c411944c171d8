import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Role } from '../../src/database/embedded/membership.ts';
import { type OpenDatabase, openDatabase } from '../../src/database/open.ts';

export type Opened = OpenDatabase;

/** A data folder of its own, with whatever was opened in it. */
export type Folder = {
  readonly path: string;
  readonly open: (role: Role) => Promise<OpenDatabase>;
  /** The process id of its PostgreSQL, as PostgreSQL says. */
  readonly postmaster: () => Promise<number | undefined>;
  /** Stops what is still open. */
  readonly close: () => Promise<void>;
  /** Stops what is still open and removes the folder. */
  readonly remove: () => Promise<void>;
};

export const temporaryFolder = async (below = ''): Promise<Folder> => {
  const parent = await mkdtemp(join(tmpdir(), 'hoi-sach-test-'));
  const path = join(parent, below);
  const opened: OpenDatabase[] = [];
  const close = async () => {
    for (const database of opened.splice(0)) await database.stop();
  };
  return {
    path,
    close,
    open: async (role) => {
      const database = await openDatabase(
        { dataDir: path, databaseUrl: undefined, databaseOwnerUrl: undefined },
        { as: role },
      );
      opened.push(database);
      return database;
    },
    postmaster: async () => {
      const content = await readFile(join(path, 'postgres/postmaster.pid'), 'utf8').catch(() => undefined);
      return content === undefined ? undefined : Number.parseInt(content, 10);
    },
    remove: async () => {
      await close();
      await rm(parent, { recursive: true, force: true });
    },
  };
};
