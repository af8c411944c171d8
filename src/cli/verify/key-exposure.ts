import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../../config.ts';
import { mayRead, postgresUser } from '../../database/embedded/os-user.ts';

/** Where the key that seals is, and whether whoever rules PostgreSQL could read it there. */
export type KeyExposure = {
  readonly key: 'environment' | 'file' | 'absent';
  /** `while-serving`: no file, but a process of the same operating system user has it in its environment. */
  readonly readable: 'yes' | 'no' | 'while-serving' | 'unknown';
  /** Files below `DATA_DIR/seal` that hold a signing key. */
  readonly files: readonly string[];
};

/** @param folder of the copies outside the database */
export async function keyExposure(
  { sealKey, databaseUrl }: Pick<Config, 'sealKey' | 'databaseUrl'>,
  folder: string,
): Promise<KeyExposure> {
  const files = await keyFiles(folder);
  if (!sealKey && files.length === 0) return { key: 'absent', readable: 'no', files };
  const key = sealKey ? 'environment' : 'file';
  // Who runs a PostgreSQL that is not ours, and where, is not for us to see.
  if (databaseUrl) return { key, readable: 'unknown', files };
  const user = await postgresUser();
  for (const file of files)
    if (user === undefined || (await mayRead(user, join(folder, file)))) return { key, readable: 'yes', files };
  return { key, readable: sealKey && user === undefined ? 'while-serving' : 'no', files };
}

/** The key, and the one that waits to follow it: with the key in the environment it stays until somebody removes it. */
async function keyFiles(folder: string): Promise<string[]> {
  const files = await readdir(folder).catch(() => []);
  return files.filter((file) => file === 'key' || file === 'key.next').sort();
}

export const exposureSentence = ({ key, readable, files }: KeyExposure): string => {
  const left =
    key === 'environment' && files.length > 0 ? `, and still lies in DATA_DIR/seal/${files.join(' and ')}` : '';
  const from = key === 'environment' ? 'The signing key comes from the environment' : 'The signing key lies in a file';
  const where = `${from}${left}`;
  if (key === 'absent') return 'There is no signing key on this machine.';
  switch (readable) {
    case 'yes':
      return `${where}, and PostgreSQL runs as an operating system user who can read the key: whoever rules the database could forge a seal. ${left ? 'Remove the file' : 'Give it with SEAL_KEY'}, or run PostgreSQL as another user.`;
    case 'no':
      return `${where}, which PostgreSQL’s operating system user cannot read.`;
    case 'while-serving':
      return `${where}. PostgreSQL runs as the same operating system user, who can read it from a running server.`;
    case 'unknown':
      return `${where}. PostgreSQL is one of your own: see to it that its operating system user cannot read the key.`;
  }
};
