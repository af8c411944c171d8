import { cp, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { verdictLines, verdictOf } from '../../../src/cli/verify/verdict.ts';
import { OutsideCopies } from '../../../src/seal/outside-copies.ts';
import { sealedFair, type SealedFair } from './sealed-fair.ts';

/* What is said where the copies outside are gone, are older, or were never there. */

/** Each counts a fair again. */
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let untouched: SealedFair;
let fair: SealedFair;

beforeAll(async () => {
  untouched = await sealedFair();
});
beforeEach(async () => {
  fair = await untouched.copy();
});
afterEach(() => fair.remove());
afterAll(() => untouched.remove());

const folder = (): string => join(fair.folder, 'seal');
const loseCopies = () => rm(folder(), { recursive: true });

const unseal =
  'delete from checkpoints; delete from seal_tiles; delete from seal_keys; update seal_progress set size = 0, position = 0';

const age = `update events set recorded_at = recorded_at - interval '2 minutes'`;

describe('without anything that vouches', () => {
  test('a log of any age is not called as it was sealed', async () => {
    await loseCopies();
    await fair.tamper(
      `${age}; update events set data = jsonb_set(data, '{forged}', 'true') where position = 40; ${unseal}`,
    );
    const verdict = await fair.verify();
    expect(verdict.differences).toContainEqual({ kind: 'nothing-kept', size: 0 });
    expect(verdict.equal).toBe(false);
  });

  test('a log of a moment ago is told not to be sealed yet', async () => {
    await loseCopies();
    await fair.tamper(`update events set recorded_at = now(); ${unseal}`);
    const { differences, equal: _, why: __, ...looked } = await fair.verify();
    expect(differences.filter(({ kind }) => kind === 'nothing-kept')).toEqual([]);
    const verdict = verdictOf({ ...looked, differences: [] });
    expect(verdict).toMatchObject({ equal: null, why: expect.stringContaining('verify again in a minute') });
    const [headline] = verdictLines(verdict);
    expect(headline).toContain('nothing is sealed yet');
    expect(headline).not.toContain('as they were sealed');
  });

  test('a checkpoint of no leaves vouches for nothing', async () => {
    await loseCopies();
    await fair.tamper(`${age}; ${unseal}`);
    const head = fair.keptHead.replace('\n200\n', '\n0\n').replace(/\n[A-Za-z0-9+/]{43}=\n/, `\n${emptyRoot}\n`);
    expect((await fair.verify({ head })).differences).toContainEqual({ kind: 'nothing-kept', size: 0 });
  });
});

/** SHA-256 of nothing, in base64. */
const emptyRoot = '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=';

describe('of a log that nobody touched', () => {
  test('copies that lag behind are no finding', async () => {
    const outside = new OutsideCopies({ dataDir: fair.folder });
    for (const size of await outside.checkpointSizes())
      if (size > 200) await rm(join(folder(), 'checkpoints', `${size}.txt`));
    await cp(join(folder(), 'checkpoints/200.txt'), join(folder(), 'checkpoint'));
    await truncate(join(folder(), 'leaves'), 200 * 40);
    const { differences, sealed } = await fair.verify();
    expect(differences).toEqual([]);
    expect(sealed?.size).toBe(fair.facts);
  });

  test('no master key is needed, asked for, or made', async () => {
    await fair.tamper(`delete from key_checks; insert into key_checks (value) values ('\\x00')`);
    expect((await fair.verify()).differences).toEqual([]);
    await expect(stat(join(fair.folder, 'vault.key'))).rejects.toThrow('ENOENT');
  });

  test('a kept checkpoint is enough where there are no copies, and what follows it is not sealed', async () => {
    await loseCopies();
    expect(await fair.verify({ head: fair.keptHead })).toMatchObject({
      equal: true,
      differences: [],
      sealed: { size: 200 },
      unsealed: { count: fair.facts - 200, from: 201, to: fair.facts },
    });
  });
});

describe('what cannot be read at all is a finding', () => {
  test.each([
    ['a position that no number holds', 'update events set position = 9223372036854775807 where position = 40', 'log'],
    [
      'a checkpoint of more leaves than a number holds',
      `insert into checkpoints (size, note) select 9223372036854775807, note from checkpoints limit 1`,
      'heads',
    ],
    ['a size of the tree that no number holds', 'update seal_progress set size = 9223372036854775807', 'heads'],
    ['a tile without a position', 'update seal_tiles set positions[3] = null where level = 0 and index = 0', 'tiles'],
  ])('%s, and the rest is compared', async (_, statements, where) => {
    await fair.tamper(`${statements}; update events set data = '{}' where position = 20`);
    const { equal, differences } = await fair.verify();
    expect(equal).toBe(false);
    expect(differences).toContainEqual({ kind: 'unreadable', where, why: expect.any(String) });
    expect(differences).toContainEqual({ kind: 'facts-changed', from: 20, to: 20 });
    expect(differences.filter(({ kind }) => kind === 'log-cut')).toEqual([]);
  });

  test('a key that is none, and keys outside that are no list', async () => {
    await fair.tamper(`update seal_keys set verifier = 'none'`);
    expect((await fair.verify()).differences).toContainEqual({ kind: 'key-replaced', where: 'database', key: 'none' });
    await writeFile(join(folder(), 'verifiers.json'), '{');
    expect((await fair.verify()).differences).toContainEqual(
      expect.objectContaining({ kind: 'unreadable', where: 'heads' }),
    );
  });

  test('tiles that are gone with their table', async () => {
    await fair.tamper('drop table seal_tiles');
    expect((await fair.verify()).differences).toEqual([
      { kind: 'unreadable', where: 'tiles', why: 'relation "seal_tiles" does not exist' },
    ]);
  });
});
