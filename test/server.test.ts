import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Program, runProgram } from './support/program.ts';

const address = /^Hội Sách: (http:\/\/localhost:\d+)$/;
const link = /^(http:\/\/localhost:\d+)\/sign-in#(hsi_[\w-]{43})$/;

let folder: string;
let environment: Record<string, string>;
const started: Program[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hoi-sach-server-'));
  environment = { DATA_DIR: join(folder, 'data'), PORT: '0' };
});
afterAll(async () => {
  for (const program of started) program.kill('SIGKILL');
  await Promise.all(started.map(({ ended }) => ended));
  await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 });
});

const serve = (more: Record<string, string> = {}): Program => {
  const program = runProgram('src/server.ts', [], { ...environment, ...more });
  started.push(program);
  return program;
};
const cli = async (...args: string[]) => {
  const program = runProgram('src/cli.ts', args, environment);
  return { code: await program.ended, output: program.output(), errors: program.errors() };
};
const addressOf = async (program: Program): Promise<string> => (await program.says(address))[1] ?? '';
const post = (url: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(url, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json', ...headers },
  });

describe('a server', { timeout: 60_000 }, () => {
  test('starts on nothing, says where it is, and makes whoever opens its link the owner', async () => {
    const server = serve();
    const at = await addressOf(server);
    const [, , secret] = await server.says(link);
    const first = await post(`${at}/api/sessions`, { secret });
    expect(await first.json()).toMatchObject({ role: 'owner', fair: null });
    expect((await post(`${at}/api/sessions`, { secret })).status).toBe(401);
    expect((await stat(join(environment['DATA_DIR'] ?? '', 'vault.key'))).mode & 0o777).toBe(0o600);

    server.kill('SIGTERM');
    expect(await server.ended).toBe(0);
    expect(server.errors()).toBe('');
  });

  test('keeps what it had after kill -9, and has no second first link', async () => {
    const server = serve();
    await addressOf(server);
    const token = (await cli('token', '--role', 'owner')).output;
    server.kill('SIGKILL');
    await server.ended;

    const again = serve();
    const at = await addressOf(again);
    expect((await fetch(`${at}/metrics`, { headers: { authorization: `Bearer ${token}` } })).status).toBe(200);
    expect(again.output()).not.toMatch(/sign-in#/);
    again.kill('SIGTERM');
    expect(await again.ended).toBe(0);
  });

  test('is the only one on its data; the command line joins it', async () => {
    const server = serve();
    const at = await addressOf(server);
    const second = serve();
    expect(await second.ended).toBe(1);
    expect(second.errors()).toMatch(/server/);
    expect(second.errors()).not.toMatch(/\n\s+at /);

    const { code, output } = await cli('token', '--role', 'owner', '--expires', '1h');
    expect(code).toBe(0);
    expect(output).toMatch(/^hst_[\w-]{43}$/);
    const known = await fetch(`${at}/metrics`, {
      headers: { authorization: `Bearer ${output}`, 'x-forwarded-for': '203.0.113.1' },
    });
    expect(known.status).toBe(200);
    expect((await cli('migrate')).output).toBe('The database is up to date.');
    server.kill('SIGTERM');
    expect(await server.ended).toBe(0);
  });

  test('ends in good order while boards are open', async () => {
    const server = serve();
    const at = await addressOf(server);
    const headers = {
      authorization: `Bearer ${(await cli('token', '--role', 'owner')).output}`,
      'content-type': 'application/json',
    };
    const fair = `${at}/api/fairs/019a0000-0000-7000-8000-00000000fa17`;
    const settings = {
      name: { vi: 'Hội Sách thử' },
      province: '24',
      days: ['2026-04-21'],
      sites: [{ code: 'A', name: 'Quảng trường' }],
      gates: [{ code: 'G1', name: 'Cổng chính', site: 'A', exits: 'scanned' }],
      visitRules: [{ from: '2026-04-21', rule: { kind: 'per-day' } }],
    };
    const created = await fetch(fair, { method: 'PUT', headers, body: JSON.stringify(settings) });
    expect(await created.json()).toMatchObject({ outcome: 'created', position: 1 });
    expect(await (await fetch(`${fair}/figures?after=1`)).json()).toMatchObject({ position: 1, visits: { value: 0 } });

    const boards = await Promise.all([1, 2, 3].map(() => fetch(`${fair}/live`)));
    const read = Promise.all(boards.map((board) => board.text()));
    server.kill('SIGTERM');
    // A stream that was cut off, rather than ended, cannot be read to its end.
    for (const text of await read) expect(text).toMatch(/^retry: 2000\n\n/);
    expect(await server.ended).toBe(0);
  });

  test('does not start with mistakes in its configuration, and names them all', async () => {
    const server = serve({ PORT: 'ninety', LOG_LEVEL: 'loud', VAULT_KEY: 'hunter2' });
    expect(await server.ended).toBe(2);
    for (const name of ['PORT', 'LOG_LEVEL', 'VAULT_KEY']) expect(server.errors()).toContain(name);
    expect(server.errors()).not.toContain('hunter2');
  });

  test('does not work on data that were sealed with another key', async () => {
    const server = serve({ VAULT_KEY: 'ab'.repeat(32) });
    expect(await server.ended).toBe(1);
    expect(server.errors()).toMatch(/VAULT_KEY/);
  });

  test('never says a token or a key', async () => {
    const key = (await readFile(join(environment['DATA_DIR'] ?? '', 'vault.key'), 'utf8')).trim();
    const said = started.map((program) => program.output() + program.errors()).join('\n');
    expect(said).not.toContain(key);
    expect(said).not.toMatch(/hs[tse]_/);
    expect((await readdir(environment['DATA_DIR'] ?? '')).filter((file) => /vault\.key\./.test(file))).toEqual([]);
  });
});

describe('the command line', { timeout: 60_000 }, () => {
  test('says what there is, and what a command takes', async () => {
    const help = await cli();
    expect(help).toMatchObject({ code: 0, output: expect.stringContaining('migrate') });
    expect((await cli('token', '--help')).output).toContain('--role ROLE');
    const unknown = await cli('frob');
    expect(unknown).toMatchObject({ code: 2, errors: expect.stringContaining('There is no command frob.') });
  });
});
