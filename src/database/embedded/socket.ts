import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The operating systems' limit for the path of a Unix socket is 104 to 108 bytes. */
const SOCKET_PATH_BYTES_MAX = 103;

/** A name short enough to reach the socket in `folder` by: the folder itself, or else a link to it of our own. */
export const reachableSocketFolder = async (
  folder: string,
): Promise<{ folder: string; readonly release: () => Promise<void> }> => {
  if (Buffer.byteLength(join(folder, '.s.PGSQL.5432')) <= SOCKET_PATH_BYTES_MAX) {
    return { folder, release: async () => {} };
  }
  const own = await mkdtemp(join(tmpdir(), 'hoi-sach-'));
  await symlink(folder, join(own, 'pg'));
  return { folder: join(own, 'pg'), release: () => rm(own, { recursive: true, force: true }) };
};
