import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { exposureSentence, keyExposure } from '../../../src/cli/verify/key-exposure.ts';
import { Secret } from '../../../src/config.ts';

const sealKey = new Secret('a key of the environment');
const ours = { databaseUrl: undefined };

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hoi-sach-key-'));
  await chmod(folder, 0o755);
});
afterEach(() => rm(folder, { recursive: true }));

/** A key that everybody on this machine may read, so that PostgreSQL's user may, whoever that is. */
async function putOpenly(file: string): Promise<void> {
  await writeFile(join(folder, file), 'a key');
  await chmod(join(folder, file), 0o644);
}

describe('where the signing key lies', () => {
  it.each(['key', 'key.next'])('is in the file %s too, though it comes from the environment', async (file) => {
    await putOpenly(file);
    const exposure = await keyExposure({ ...ours, sealKey }, folder);
    expect(exposure).toEqual({ key: 'environment', readable: 'yes', files: [file] });
    expect(exposureSentence(exposure)).toContain(`still lies in DATA_DIR/seal/${file}, and PostgreSQL runs as`);
    expect(exposureSentence(exposure)).toContain('Remove the file');
  });

  it('is in the environment alone where no file is left', async () => {
    await writeFile(join(folder, 'verifiers.json'), '[]');
    const exposure = await keyExposure({ ...ours, sealKey }, folder);
    expect(exposure).toMatchObject({ key: 'environment', files: [] });
    expect(exposureSentence(exposure)).not.toContain('lies');
  });

  it('is in a file where the environment has none, or nowhere', async () => {
    expect(await keyExposure({ ...ours, sealKey: undefined }, folder)).toEqual({
      key: 'absent',
      readable: 'no',
      files: [],
    });
    await putOpenly('key');
    expect(await keyExposure({ ...ours, sealKey: undefined }, folder)).toEqual({
      key: 'file',
      readable: 'yes',
      files: ['key'],
    });
  });
});
