import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { mayRead, type OsUser, postgresUser, runAs } from '../../../src/database/embedded/os-user.ts';

/** Where we are not root, PostgreSQL runs as ourselves. */
const databaseUser = async (): Promise<OsUser> => (await postgresUser()) ?? userInfo();

describe('what runs as PostgreSQL’s user', () => {
  afterEach(() => vi.unstubAllEnvs());

  it('is given none of our environment, which its superuser could read', async () => {
    for (const name of ['SEAL_KEY', 'VAULT_KEY', 'DATABASE_OWNER_URL']) vi.stubEnv(name, `a secret ${name}`);
    const { uid, gid } = await databaseUser();
    const { stdout } = await runAs({ uid, gid }, '/bin/sh', ['-c', 'id -u; env']);
    expect(stdout.split('\n')[0]).toBe(String(uid));
    expect(stdout).toContain('LC_ALL=C');
    expect(stdout).not.toContain('a secret');
  });

  it('can tell whether it may read a file', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'os-user-'));
    try {
      const { uid, gid } = await databaseUser();
      await writeFile(join(folder, 'ours'), '');
      expect(await mayRead({ uid, gid }, '/etc/passwd')).toBe(true);
      expect(await mayRead({ uid, gid }, join(folder, 'ours'))).toBe(uid === userInfo().uid);
      expect(await mayRead({ uid, gid }, join(folder, 'nothing'))).toBe(false);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
