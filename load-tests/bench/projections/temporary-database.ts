import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type OpenDatabase, openDatabase } from '../../../src/database/open.ts';

/**
 * An embedded PostgreSQL of one's own, with fsync as in production, that is gone afterwards. Below the working
 * directory, since a folder for temporary files may be no disk at all.
 */
export async function withDatabase<Result>(
  name: string,
  use: (database: OpenDatabase) => Promise<Result>,
): Promise<Result> {
  const below = resolve('.data-bench');
  await mkdir(below, { recursive: true });
  const dataDir = await mkdtemp(join(below, `${name}-`));
  try {
    const database = await openDatabase(
      { dataDir, databaseUrl: undefined, databaseOwnerUrl: undefined },
      { as: 'tool' },
    );
    try {
      return await use(database);
    } finally {
      await database.stop();
    }
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}
