import { createServer } from 'node:net';
import { once } from 'node:events';
import { describe, expect, inject, it } from 'vitest';
import { checkServer, checkVersion, NoDatabaseError, OldPostgresError } from '../../src/database/server-version.ts';

const { ownerUrl } = inject('databaseServer');

describe('the PostgreSQL behind an address', () => {
  it('says which one it is', async () => {
    expect(await checkServer(ownerUrl)).toMatch(/^\d+\.\d+/);
  });

  it('is taken from version 15 on', () => {
    expect(checkVersion('15.0', 150_000)).toBe('15.0');
    expect(checkVersion('18.4 (Debian 18.4-1)', 180_004)).toBe('18.4 (Debian 18.4-1)');
  });

  it.each([
    ['14.13 (Debian 14.13-1.pgdg120+1)', 140_013],
    ['9.6.24', 90_624],
  ])('is refused when it is %s, with what to do', (version, number) => {
    expect(() => checkVersion(version, number)).toThrow(OldPostgresError);
    expect(() => checkVersion(version, number)).toThrow(
      `The database is PostgreSQL ${version}; Hội Sách needs PostgreSQL 15 or later. Upgrade it, or`,
    );
  });

  it('that lets nobody in is named with its reason, and without the password', async () => {
    const wrong = new URL(ownerUrl);
    wrong.password = 'hunter2';
    const refused = checkServer(wrong.href);
    await expect(refused).rejects.toThrow(NoDatabaseError);
    await expect(refused).rejects.toThrow(/^The database does not let us in: password authentication failed/);
    await expect(refused).rejects.not.toThrow('hunter2');
  });

  it('that is not there is named with its reason', async () => {
    const nobody = createServer().listen(0, '127.0.0.1');
    await once(nobody, 'listening');
    const address = nobody.address();
    const port = address !== null && typeof address === 'object' ? address.port : 0;
    nobody.close();
    await once(nobody, 'close');
    await expect(checkServer(`postgres://app:hunter2@127.0.0.1:${port}/hoi_sach`)).rejects.toThrow(
      /^The database does not let us in: connect ECONNREFUSED/,
    );
  });
});
