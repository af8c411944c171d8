import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { token } from '../../src/cli/token.ts';
import { readConfig } from '../../src/config.ts';
import { planFair } from '../../src/demo/plan/plan-fair.ts';
import { kill, NotServed, type ServerProcess, startServer } from './server-process.ts';

const { fair, settings } = planFair({ seed: 'start', visits: 100, copies: 1_000 });

describe('a server with its own database', { timeout: 60_000 }, () => {
  let folder: string;
  let server: ServerProcess | undefined;
  const start = async () => (server = await startServer({ DATA_DIR: folder }));
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hoi-sach-e2e-'));
  });
  afterEach(async () => {
    if (server) await kill(server, 'SIGTERM');
    server = undefined;
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const nameAt = async ({ origin }: ServerProcess): Promise<unknown> => {
    const response = await fetch(`${origin}/api/fairs/${fair}`);
    return { status: response.status, body: await response.json() };
  };
  const created = {
    status: 200,
    body: expect.objectContaining({ fair, settings: expect.objectContaining({ name: settings.name }) }),
  };

  it('serves, lets the command line join in, and keeps what it was told', async () => {
    const { origin } = await start();
    const said: string[] = [];
    await token.run(['--role', 'owner'], { config: readConfig({ DATA_DIR: folder }), tell: (line) => said.push(line) });
    const response = await fetch(`${origin}/api/fairs/${fair}`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${said.join('')}`, 'content-type': 'application/json' },
      body: JSON.stringify(settings),
    });
    expect(response.status).toBe(200);
  });

  it('has it after it was stopped, and refuses another server on the same data meanwhile', async () => {
    const running = await start();
    expect(await nameAt(running)).toEqual(created);
    const second = startServer({ DATA_DIR: folder });
    await expect(second).rejects.toThrow(NotServed);
    await expect(second).rejects.toThrow(/^Another Hội Sách server.* is using the data in /);
    expect(await nameAt(running)).toEqual(created);
  });

  it('has it after kill -9', async () => {
    await kill(await start(), 'SIGKILL');
    expect(await nameAt(await start())).toEqual(created);
  });
});
