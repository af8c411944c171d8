import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Place } from '../e2e/played-fair.ts';

/** A data folder with a PostgreSQL of its own, which nobody else uses. */
export type OwnPlace = Pick<Place, 'environment' | 'folder' | 'leave'> & {
  /** The process id of its PostgreSQL. */
  readonly postmaster: () => Promise<number>;
};

export async function anOwnPlace(): Promise<OwnPlace> {
  const folder = await mkdtemp(join(tmpdir(), 'hoi-sach-faults-'));
  const environment = { DATA_DIR: folder, VAULT_KEY: 'fa'.repeat(32), PORT: '0', LOG_LEVEL: 'error' };
  const postmaster = async () => Number.parseInt(await readFile(join(folder, 'postgres/postmaster.pid'), 'utf8'), 10);
  const leave = () => rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 });
  return { folder, environment, postmaster, leave };
}
