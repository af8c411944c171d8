import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { token } from '../../src/cli/token.ts';
import { readConfig } from '../../src/config.ts';
import { planFair } from '../../src/demo/plan/plan-fair.ts';
import { eventually, isAlive } from '../support/processes.ts';
import { runProgram } from '../support/program.ts';
import { askAnew, nodesOf } from './nodes-of.ts';
import { kill, NotServed, type ServerProcess, startServer } from './server-process.ts';

const { fair, settings } = planFair({ seed: 'một nhà', visits: 100, copies: 1_000 });
const patiently = { timeout: 100_000, interval: 50 };
const twoNodes = ['--nodes', '2'];

describe('what supervises several nodes with a database of their own', { timeout: 240_000 }, () => {
  let folder: string;
  let server: ServerProcess;
  let owner: string;
  const environment = () => ({ DATA_DIR: folder, LIMIT_PER_TOKEN: '1' });
  const postmaster = async () =>
    Number.parseInt(await readFile(join(folder, 'postgres/postmaster.pid'), 'utf8').catch(() => ''), 10);
  const pids = async () => (await nodesOf(server.origin)).map(({ pid }) => pid);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hoi-sach-e2e-'));
    server = await startServer(environment(), twoNodes);
    owner = await anOwner();
  }, 240_000);
  afterAll(async () => {
    await kill(server, 'SIGTERM');
    await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 });
  });

  async function anOwner(): Promise<string> {
    const said: string[] = [];
    await token.run(['--role', 'owner'], { config: readConfig({ DATA_DIR: folder }), tell: (line) => said.push(line) });
    return said.join('');
  }

  const put = async (): Promise<unknown> => {
    const response = await fetch(`${server.origin}/api/fairs/${fair}`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${owner}`, 'content-type': 'application/json' },
      body: JSON.stringify(settings),
    });
    return { status: response.status, body: await response.json() };
  };
  const created = { status: 200, body: expect.objectContaining({ outcome: 'created', position: 1 }) };

  it('lets the command line join in, and takes what it is told', async () => {
    expect(await put()).toMatchObject(created);
    expect(await put()).toMatchObject(created);
  });

  it('lets a caller have no more of two nodes than of one', async () => {
    const authorization = `Bearer ${await anOwner()}`;
    const ask = async () => (await askAnew(`${server.origin}/api/fairs/${fair}`, { authorization })).status;
    const startedAt = performance.now();
    let [taken, refusedInARow] = [0, 0];
    while (refusedInARow < 10) {
      const isTaken = (await ask()) === 200;
      taken += isTaken ? 1 : 0;
      refusedInARow = isTaken ? 0 : refusedInARow + 1;
    }
    const cameBack = (performance.now() - startedAt) / 1000;
    // One node lets 30 through at once, two that count alone 60; some pass before the other node has heard of them.
    expect(taken).toBeGreaterThanOrEqual(30);
    expect(taken).toBeLessThan(50 + cameBack);
  });

  it('is the one server on its data', async () => {
    const second = startServer(environment(), twoNodes);
    await expect(second).rejects.toThrow(NotServed);
    await expect(second).rejects.toThrow(/^Another Hội Sách server.* is using the data in /);
  });

  it('replaces a node that somebody asked to end, and one that was killed', async () => {
    for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
      const [first = 0, other] = await pids();
      process.kill(first, signal);
      await vi.waitFor(async () => {
        const now = await pids();
        expect(now).toHaveLength(2);
        expect(now).not.toContain(first);
        expect(now).toContain(other);
      }, patiently);
    }
    expect(await put()).toMatchObject(created);
  });

  it('goes on when PostgreSQL is killed with -9, with the same nodes', async () => {
    const before = await pids();
    process.kill(await postmaster(), 'SIGKILL');
    await vi.waitFor(async () => expect((await askAnew(`${server.origin}/readyz`)).status).toBe(200), patiently);
    await vi.waitFor(async () => expect(await put()).toMatchObject(created), patiently);
    expect(await pids()).toEqual(before);
  });

  it('leaves no node behind when it is killed with -9, and starts again with what it had', async () => {
    const before = await pids();
    await kill(server, 'SIGKILL');
    await eventually(() => !before.some(isAlive), 60);
    server = await startServer(environment(), twoNodes);
    expect(await put()).toMatchObject(created);
  });

  it('leaves nothing behind when it is told to end', async () => {
    const before = [...(await pids()), await postmaster()];
    await kill(server, 'SIGTERM');
    expect(server.child.exitCode).toBe(0);
    await eventually(() => !before.some(isAlive), 60);
    expect(await postmaster()).toBeNaN();
  });

  it('ends with a sentence where it cannot serve, and leaves nothing behind', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const address = taken.address();
    const port = String(address !== null && typeof address === 'object' ? address.port : 0);
    const refused = [
      { more: { PORT: port }, sentence: /^listen EADDRINUSE: address already in use 127\.0\.0\.1:\d+\. Set PORT to/ },
      { more: { VAULT_KEY: 'ab'.repeat(32) }, sentence: /^The contacts and pass keys in this database were sealed/ },
      { more: { LOG_LEVEL: 'loud' }, sentence: /^The configuration has mistakes:\n {2}LOG_LEVEL: / },
    ];
    for (const { more, sentence } of refused) {
      const tried = startServer({ ...environment(), ...more }, twoNodes);
      await expect(tried).rejects.toThrow(sentence);
      await expect(tried).rejects.not.toThrow(/\n\s+at /);
      expect(await postmaster()).toBeNaN();
    }
    taken.close();
  });

  it('does not begin with a command line that makes no sense', async () => {
    const program = runProgram('src/server.ts', ['--nodes', 'many'], { DATA_DIR: folder });
    expect(await program.ended).toBe(2);
    expect(program.errors()).toMatch(/^--nodes must be a whole number\.\n/);
    expect(program.output()).toBe('');
  });
});
