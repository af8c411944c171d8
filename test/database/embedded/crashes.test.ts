import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { connect } from '../../../src/database/connect.ts';
import { type Folder, type Opened, temporaryFolder } from '../../support/embedded.ts';
import { eventually, isAlive, killed, startProcess } from '../../support/processes.ts';

describe('after kill -9', { timeout: 60_000 }, () => {
  let folder: Folder;
  beforeAll(async () => {
    folder = await temporaryFolder();
  });
  beforeEach(async () => {
    const tool = await folder.open('tool');
    const { pool, close } = connect(tool.ownerUrl);
    await pool.query('drop table if exists kept');
    await pool.query('create table kept (word text)');
    await close();
    await folder.close();
  });
  afterEach(() => folder.close());
  afterAll(() => folder.remove());

  it('of Node, the next server starts at once and finds every committed row', async () => {
    const [server, url] = await serve(folder);
    await write(url, 'before');
    await killed(server);
    const next = await folder.open('server');
    expect(await read(next)).toEqual(['before']);
  });

  it('of Node, PostgreSQL ends by itself when nobody comes back', async () => {
    const [server] = await serve(folder);
    const postmaster = await folder.postmaster();
    expect(postmaster).toBeDefined();
    await killed(server);
    await eventually(async () => (await folder.postmaster()) === undefined && !isAlive(postmaster ?? 0));
  });

  it('of Node, PostgreSQL stays for the command line that is still at work', async () => {
    const [server] = await serve(folder);
    const tool = await folder.open('tool');
    const postmaster = await folder.postmaster();
    await killed(server);
    const next = await folder.open('server');
    expect(await folder.postmaster()).toBe(postmaster);
    await tool.stop();
    expect(await read(next)).toEqual([]);
  });

  it('of PostgreSQL, a server at work starts it again and its pool goes on', async () => {
    const server = await folder.open('server');
    const { pool, close } = connect(server.ownerUrl);
    await pool.query(`insert into kept values ('before')`);
    const postmaster = await folder.postmaster();
    process.kill(postmaster ?? 0, 'SIGKILL');
    await eventually(async () => ![undefined, postmaster].includes(await folder.postmaster()));
    await eventually(() =>
      pool.query(`insert into kept values ('after')`).then(
        () => true,
        () => false,
      ),
    );
    expect((await pool.query('select word from kept order by word desc')).rows).toEqual([
      { word: 'before' },
      { word: 'after' },
    ]);
    // It lets others in as soon as it answers, and is the one server again a moment later.
    const theServer = `select from pg_locks where locktype = 'advisory' and objid = 2 and granted`;
    await eventually(async () => (await pool.query(theServer)).rowCount === 1);
    await expect(folder.open('server')).rejects.toThrow('Another Hội Sách server');
    await close();
  });

  it('of both, the next start recovers what was committed', async () => {
    const [server, url] = await serve(folder);
    await write(url, 'before');
    const postmaster = await folder.postmaster();
    server.child.kill('SIGKILL');
    process.kill(postmaster ?? 0, 'SIGKILL');
    await server.exited;
    const next = await folder.open('server');
    expect(await read(next)).toEqual(['before']);
  });

  it('and a restart of the machine, a process that got the old process id is not mistaken for PostgreSQL', async () => {
    const first = await folder.open('server');
    await first.stop();
    await writeFile(join(folder.path, 'postgres/postmaster.pid'), `${process.pid}\n/somewhere/else\n`);
    const next = await folder.open('server');
    expect(await read(next)).toEqual([]);
  });
});

const serve = async (folder: Folder): Promise<[ReturnType<typeof startProcess>, string]> => {
  const server = startProcess('test/support/embedded-process.ts', [folder.path, 'server']);
  const [word, url] = (await server.nextLine()).split(' ');
  expect(word).toBe('open');
  return [server, url ?? ''];
};

const write = async (url: string, word: string): Promise<void> => {
  const { pool, close } = connect(url);
  await pool.query('insert into kept values ($1)', [word]);
  await close();
};

const read = async ({ ownerUrl }: Opened): Promise<string[]> => {
  const { pool, close } = connect(ownerUrl);
  const { rows } = await pool.query<{ word: string }>('select word from kept');
  await close();
  return rows.map(({ word }) => word);
};
