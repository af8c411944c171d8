import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../../config.ts';
import { mayRead, postgresUser } from '../../database/embedded/os-user.ts';

/** Where the key that seals is, and whether whoever rules PostgreSQL could read it there. */
export type KeyExposure = {
  readonly key: 'environment' | 'file' | 'absent';
  /** `while-serving`: no file, but a process of the same operating system user has it in its environment. */
  readonly readable: 'yes' | 'no' | 'while-serving' | 'unknown';
};

/** @param folder of the copies outside the database */
export async function keyExposure(
  { sealKey, databaseUrl }: Pick<Config, 'sealKey' | 'databaseUrl'>,
  folder: string,
): Promise<KeyExposure> {
  const file = join(folder, 'key');
  const isThere = await stat(file).then(
    () => true,
    () => false,
  );
  if (!sealKey && !isThere) return { key: 'absent', readable: 'no' };
  const key = sealKey ? 'environment' : 'file';
  // Who runs a PostgreSQL that is not ours, and where, is not for us to see.
  if (databaseUrl) return { key, readable: 'unknown' };
  const user = await postgresUser();
  if (isThere && (user === undefined || (await mayRead(user, file)))) return { key, readable: 'yes' };
  return { key, readable: sealKey && user === undefined ? 'while-serving' : 'no' };
}

export const exposureSentence = ({ key, readable }: KeyExposure): string => {
  const where = key === 'environment' ? 'The signing key comes from the environment' : 'The signing key lies in a file';
  if (key === 'absent') return 'There is no signing key on this machine.';
  switch (readable) {
    case 'yes':
      return `${where}, and PostgreSQL runs as an operating system user who can read the key: whoever rules the database could forge a seal. Give it with SEAL_KEY, or run PostgreSQL as another user.`;
    case 'no':
      return `${where}, which PostgreSQL’s operating system user cannot read.`;
    case 'while-serving':
      return `${where}. PostgreSQL runs as the same operating system user, who can read it from a running server.`;
    case 'unknown':
      return `${where}. PostgreSQL is one of your own: see to it that its operating system user cannot read the key.`;
  }
};
