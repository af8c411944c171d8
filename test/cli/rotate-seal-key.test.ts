import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rotateSealKey } from '../../src/cli/rotate-seal-key.ts';
import { readConfig } from '../../src/config.ts';
import { newSignerKey } from '../../src/seal/note-keys.ts';
import { OutsideCopies } from '../../src/seal/outside-copies.ts';
import { postgresEventStore } from '../../src/store/postgres/postgres-event-store.ts';
import { someItem } from '../store/some-items.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';

let database: FreshDatabase;
const folders: string[] = [];
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(async () => {
  await database.drop();
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

const append = async (): Promise<void> => {
  const store = postgresEventStore(database.appUrl);
  await store.append([someItem()]);
  await store.close();
};

const folder = async (): Promise<string> => {
  const made = await mkdtemp(join(tmpdir(), 'hoi-sach-rotate-'));
  folders.push(made);
  return made;
};

async function run(dataDir: string, environment: Record<string, string> = {}): Promise<string[]> {
  const urls = { DATABASE_URL: database.appUrl, DATABASE_OWNER_URL: database.ownerUrl, VAULT_KEY: 'e3'.repeat(32) };
  const config = readConfig({ ...urls, DATA_DIR: dataDir, ...environment });
  const told: string[] = [];
  await rotateSealKey.run([], { config, tell: (line) => void told.push(line) });
  return told;
}

describe('a new key from the command line', () => {
  test('seals what there is and says from where on it signs, once there is something to seal', async () => {
    const dataDir = await folder();
    await expect(run(dataDir)).rejects.toThrow('nothing was sealed under the present key yet');
    await append();
    const told = await run(dataDir);
    const keys = await new OutsideCopies({ dataDir }).keys();
    expect(told).toEqual([`From 1 facts on checkpoints are signed by ${keys.at(-1)?.verifier}`]);
    expect(keys).toHaveLength(2);
    await expect(run(dataDir)).rejects.toThrow('nothing was sealed under the present key yet');
  });

  test('is refused to a machine whose key is not the log’s', async () => {
    await append();
    const environment = { SEAL_KEY: newSignerKey('hoi-sach/other') };
    await expect(run(await folder(), environment)).rejects.toThrow('give every machine the same SEAL_KEY');
  });
});

describe('a new key, where the old one is in the environment', () => {
  test('is not printed: it waits in a file', async () => {
    await database.asOwner(
      'truncate seal_tiles, checkpoints, seal_keys; update seal_progress set size = 0, position = 0',
    );
    const dataDir = await folder();
    const told = await run(dataDir, { SEAL_KEY: newSignerKey('hoi-sach/shared') });
    expect(told[1]).toContain(join(dataDir, 'seal', 'key.next'));
    expect(told.join('\n')).not.toContain('PRIVATE');
  });
});
