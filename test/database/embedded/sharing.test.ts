import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { connect } from '../../../src/database/connect.ts';
import { AlreadyServedError } from '../../../src/database/embedded/membership.ts';
import { type Folder, type Opened, temporaryFolder } from '../../support/embedded.ts';

describe('one embedded database', { timeout: 60_000 }, () => {
  let folder: Folder;
  beforeAll(async () => {
    folder = await temporaryFolder();
  });
  afterEach(() => folder.close());
  afterAll(() => folder.remove());

  it('is made once when several come to an empty folder at the same moment', async () => {
    const tools = await Promise.all([folder.open('tool'), folder.open('tool'), folder.open('server')]);
    expect(new Set(tools.map(({ ownerUrl }) => ownerUrl)).size).toBe(1);
    expect(await Promise.all(tools.map(answer))).toEqual([1, 1, 1]);
  });

  it('is served by one server: the second is refused in words, and the first does not notice', async () => {
    const first = await folder.open('server');
    const refused = folder.open('server');
    await expect(refused).rejects.toThrow(AlreadyServedError);
    await expect(refused).rejects.toThrow(
      `Another Hội Sách server (process ${process.pid}) is using the data in ${folder.path}/postgres. ` +
        'Stop it first, or give this one a folder of its own with DATA_DIR.',
    );
    expect(await answer(first)).toBe(1);
    await first.stop();
    const next = await folder.open('server');
    expect(await answer(next)).toBe(1);
  });

  it('is joined by the command line, and goes on for it when the server stops', async () => {
    const server = await folder.open('server');
    const tool = await folder.open('tool');
    const postmaster = await folder.postmaster();
    await server.stop();
    expect(await answer(tool)).toBe(1);
    expect(await folder.postmaster()).toBe(postmaster);
    await tool.stop();
    expect(await folder.postmaster()).toBeUndefined();
  });

  it('is started by the command line for the time it needs, and goes on for a server that came meanwhile', async () => {
    const tool = await folder.open('tool');
    const server = await folder.open('server');
    await tool.stop();
    expect(await answer(server)).toBe(1);
    await server.stop();
    expect(await folder.postmaster()).toBeUndefined();
  });

  it('is stopped twice without harm', async () => {
    const tool = await folder.open('tool');
    await Promise.all([tool.stop(), tool.stop()]);
    await tool.stop();
    expect(await folder.postmaster()).toBeUndefined();
  });

  it('is reachable for this user only, and keeps what it is told on disk', async () => {
    const server = await folder.open('server');
    const { mode } = await stat(join(folder.path, 'postgres/hoi-sach-access.json'));
    expect(mode & 0o777).toBe(0o600);
    const { pool, close } = connect(server.ownerUrl);
    const { rows } = await pool.query(
      `select name, setting from pg_settings where name = any($1) order by lower(name)`,
      [['fsync', 'full_page_writes', 'listen_addresses', 'server_encoding', 'synchronous_commit', 'TimeZone']],
    );
    await close();
    expect(rows.map(({ name, setting }) => `${name}=${setting}`)).toEqual([
      'fsync=on',
      'full_page_writes=on',
      'listen_addresses=',
      'server_encoding=UTF8',
      'synchronous_commit=on',
      'TimeZone=UTC',
    ]);
    const stranger = connect(server.ownerUrl.replace(/:[^:@/]+@/, ':wrong@'));
    await expect(stranger.pool.query('select 1')).rejects.toThrow('password authentication failed');
    await stranger.close();
  });
});

const answer = async ({ appUrl }: Opened): Promise<unknown> => {
  const { pool, close } = connect(appUrl);
  const { rows } = await pool.query<{ answer: number }>('select 1 as answer');
  await close();
  return rows[0]?.answer;
};
