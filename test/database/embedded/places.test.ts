import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { connect } from '../../../src/database/connect.ts';
import { type Folder, temporaryFolder } from '../../support/embedded.ts';

describe('the data folder', { timeout: 60_000 }, () => {
  let folder: Folder;
  afterEach(() => folder.remove());

  it('may lie below folders that only its owner can enter, and have a long name', async () => {
    folder = await temporaryFolder(`private/${'a-long-name-'.repeat(10)}/.data`);
    await mkdir(dirname(dirname(folder.path)), { mode: 0o700 });
    const server = await folder.open('server');
    const { pool, close } = connect(server.appUrl);
    expect((await pool.query('select 1 as answer')).rows).toEqual([{ answer: 1 }]);
    await close();
  });

  it('that holds something else is left alone', async () => {
    folder = await temporaryFolder();
    await mkdir(join(folder.path, 'postgres'));
    await writeFile(join(folder.path, 'postgres/PG_VERSION'), '15\n');
    await expect(folder.open('server')).rejects.toThrow(
      `${folder.path}/postgres is not a database folder of Hội Sách, or this user may not read it.`,
    );
  });

  it('that cannot be written is named', async () => {
    folder = await temporaryFolder('file/.data');
    await writeFile(dirname(folder.path), '');
    await expect(folder.open('server')).rejects.toThrow(folder.path);
  });
});
