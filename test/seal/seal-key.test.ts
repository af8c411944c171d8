import { mkdir, mkdtemp, readdir, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OutsideCopies } from '../../src/seal/outside-copies.ts';
import { SealKey } from '../../src/seal/seal-key.ts';

let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'seal-key-'));
});
afterEach(() => rm(dataDir, { recursive: true }));

describe('a key that was being written by a process that was killed', () => {
  it('is removed, and neither one that may be being written now nor any other file', async () => {
    const outside = new OutsideCopies({ dataDir });
    const key = new SealKey({ outside });
    await key.removeDrafts();
    await mkdir(outside.folder);
    const id = '1b4e28ba-2fa1-41d2-883f-0016d3cca427';
    const [stay, go] = [
      ['checkpoint', 'key', 'key.next', 'key.old', `key.${id.replace('1b', '2b')}`],
      [`key.${id}`, `key.next.${id}`],
    ];
    const hoursAgo = new Date(Date.now() - 7_200_000);
    for (const file of [...stay, ...go]) {
      await writeFile(join(outside.folder, file), 'PRIVATE');
      if (!file.includes('.2b')) await utimes(join(outside.folder, file), hoursAgo, hoursAgo);
    }
    await key.removeDrafts();
    await key.removeDrafts();
    expect((await readdir(outside.folder)).sort()).toEqual(stay.toSorted());
  });

  it('may be the key already when it is looked at, as where several nodes begin at once', async () => {
    const outside = new OutsideCopies({ dataDir });
    await mkdir(outside.folder);
    // A name in the folder without a file is what is left of a draft between listing it and looking at it.
    const file = join(outside.folder, 'key.1b4e28ba-2fa1-41d2-883f-0016d3cca427');
    await symlink('nowhere', file);
    await expect(new SealKey({ outside }).removeDrafts()).resolves.toBeUndefined();
  });
});
