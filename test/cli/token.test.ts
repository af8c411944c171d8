import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Credentials } from '../../src/auth/credentials.ts';
import type { CliPorts } from '../../src/cli/command.ts';
import { token } from '../../src/cli/token.ts';
import { type Config, readConfig } from '../../src/config.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';

const someFair = '019a0000-0000-7000-8000-000000000001';

let database: FreshDatabase;
let folder: string;
let config: Config;
beforeAll(async () => {
  database = await freshDatabase();
  folder = await mkdtemp(join(tmpdir(), 'hoi-sach-cli-'));
  config = readConfig({
    DATABASE_URL: database.appUrl,
    DATABASE_OWNER_URL: database.ownerUrl,
    DATA_DIR: folder,
    PORT: '8080',
  });
});
afterAll(async () => {
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

const run = async (args: readonly string[], more: Partial<CliPorts['config']> = {}): Promise<string[]> => {
  const told: string[] = [];
  await token.run(args, { config: { ...config, ...more }, tell: (line) => void told.push(line) });
  return told;
};

describe('a token from the command line', () => {
  test('is the only thing that is printed, and stands for an owner', async () => {
    const [secret = '', ...rest] = await run(['--role', 'owner']);
    expect(rest).toEqual([]);
    const found = await new Credentials(database.db, Date.now).ofBearer(secret);
    expect(found).toMatchObject({ actor: { role: 'owner' }, fair: null, expiresAt: null });
  });

  test('ends when it is told to', async () => {
    const [secret = ''] = await run(['--role', 'auditor', '--expires', '2h']);
    const [until = ''] = await run(['--role', 'auditor', '--expires', '2030-01-01T00:00:00+07:00']);
    const later = (hours: number) => new Credentials(database.db, () => Date.now() + hours * 3_600_000);
    expect(await later(1.9).ofBearer(secret)).toBeDefined();
    expect(await later(2.1).ofBearer(secret)).toBeUndefined();
    expect(await later(0).ofBearer(until)).toMatchObject({ expiresAt: Date.UTC(2029, 11, 31, 17) });
  });

  test('is a link on demand, good for one sign-in within a day', async () => {
    const [link = ''] = await run(['--role', 'owner', '--link']);
    const secret = /^http:\/\/localhost:8080\/sign-in#(hsi_[\w-]{43})$/.exec(link)?.[1] ?? '';
    const tomorrow = new Credentials(database.db, () => Date.now() + 86_400_001);
    expect(await tomorrow.consume(secret, 'sign-in')).toBeUndefined();
    const now = new Credentials(database.db, Date.now);
    expect(await now.consume(secret, 'sign-in')).toMatchObject({ actor: { role: 'owner' } });
    const [elsewhere] = await run(['--role', 'owner', '--link'], { publicUrl: 'https://hoisach.example' });
    expect(elsewhere).toMatch(/^https:\/\/hoisach\.example\/sign-in#hsi_/);
  });
});

test.for([
  { args: [], says: '--role: must be owner' },
  { args: ['--role', 'king'], says: '--role: must be owner' },
  { args: ['--role', 'public'], says: '--role: must be owner' },
  { args: ['--role', 'viewer'], says: '--fair: must be the id' },
  { args: ['--role', 'viewer', '--fair', 'bac-ninh'], says: '--fair: must be a UUIDv7' },
  { args: ['--role', 'owner', '--fair', someFair], says: '--fair: an owner has all fairs' },
  { args: ['--role', 'till', '--fair', someFair], says: '--subject: must be the id' },
  { args: ['--role', 'owner', '--expires', 'soon'], says: '--expires: must be like' },
  { args: ['--colour', 'red'], says: '--colour' },
  { args: ['--role', 'viewer', '--fair', someFair], says: `There is no fair ${someFair}` },
])('refuses $args', async ({ args, says }) => {
  await expect(run(args)).rejects.toMatchObject({ name: 'UsageError', message: expect.stringContaining(says) });
});
