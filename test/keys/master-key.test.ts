import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Secret } from '../../src/config.ts';
import { loadMasterKey } from '../../src/keys/master-key.ts';

let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'hoi-sach-keys-'));
});
afterEach(() => rm(dataDir, { recursive: true, force: true }));

test('is made once, however many start at the same moment, and read by its owner alone', async () => {
  const folder = join(dataDir, 'new');
  const keys = await Promise.all(Array.from({ length: 8 }, () => loadMasterKey({ dataDir: folder })));
  expect(new Set(keys.map((key) => key.toString('hex'))).size).toBe(1);
  expect(keys[0]).toHaveLength(32);
  expect(await loadMasterKey({ dataDir: folder })).toEqual(keys[0]);
  expect(await readdir(folder)).toEqual(['vault.key']);
  expect((await stat(join(folder, 'vault.key'))).mode & 0o777).toBe(0o600);
});

test('comes from the environment where it is given, and then no file is made', async () => {
  const key = await loadMasterKey({ dataDir, vaultKey: new Secret('ab'.repeat(32)) });
  expect(key.toString('hex')).toBe('ab'.repeat(32));
  expect(await readdir(dataDir)).toEqual([]);
});

test.for(['', 'abcd', 'not a key', 'ab'.repeat(31)])('is not replaced when the file holds %j', async (content) => {
  await writeFile(join(dataDir, 'vault.key'), content);
  await expect(loadMasterKey({ dataDir })).rejects.toThrow(/holds no key.*backup/);
});
