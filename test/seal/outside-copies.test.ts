import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { signCheckpoint } from '../../src/seal/checkpoint.ts';
import { newSignerKey, readSignerKey } from '../../src/seal/note-keys.ts';
import { OutsideCopies } from '../../src/seal/outside-copies.ts';

let dataDir: string;
let outside: OutsideCopies;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'outside-'));
  outside = new OutsideCopies({ dataDir });
});
afterEach(() => rm(dataDir, { recursive: true }));

const signer = readSignerKey(newSignerKey('hoi-sach/test'));
const noteOf = (size: number): string =>
  signCheckpoint({ origin: 'hoi-sach/test', size, root: Buffer.alloc(32, size) }, [signer]);
const leaf = (position: number) => ({ position, hash: Buffer.alloc(32, position) });

describe('copies outside the database', () => {
  it('are none at first', async () => {
    expect(await outside.latest()).toBeUndefined();
    expect(await outside.checkpoint(1)).toBeUndefined();
    expect(await outside.checkpointSizes()).toEqual([]);
    expect(await outside.keys()).toEqual([]);
    expect(await outside.leaves.count()).toBe(0);
    expect(await outside.leaves.read(0, 10)).toEqual([]);
  });

  it('hold each checkpoint, and the last one once more, whole', async () => {
    for (const size of [1, 20, 3000]) await outside.keepCheckpoint(noteOf(size));
    expect(await outside.checkpointSizes()).toEqual([1, 20, 3000]);
    expect(await readFile(join(dataDir, 'seal', 'checkpoint'), 'utf8')).toBe(noteOf(3000));
    expect(await readFile(join(dataDir, 'seal', 'checkpoints', '20.txt'), 'utf8')).toBe(noteOf(20));
    expect((await readdir(join(dataDir, 'seal'))).sort()).toEqual(['checkpoint', 'checkpoints']);
  });

  it('never go back to fewer leaves', async () => {
    await outside.keepCheckpoint(noteOf(20));
    await expect(outside.keepCheckpoint(noteOf(19))).rejects.toThrow('more than 19 leaves');
    expect(await outside.latest()).toBe(noteOf(20));
    await outside.keepCheckpoint(noteOf(20));
    expect(await outside.checkpointSizes()).toEqual([20]);
  });

  it('hold the keys', async () => {
    const keys = [{ verifier: signer.verifierKey, fromSize: 0, handover: null }];
    await outside.keepKeys(keys);
    expect(await outside.keys()).toEqual(keys);
    await writeFile(join(dataDir, 'seal', 'verifiers.json'), '[{"verifier": 1}]');
    await expect(outside.keys()).rejects.toThrow('verifier');
  });
});

describe('the leaves outside the database', () => {
  beforeEach(() => outside.keepKeys([]));

  it('are at their places, however often and in whatever order they are written', async () => {
    const leaves = Array.from({ length: 9 }, (_, at) => leaf(at * 3 + 1));
    await outside.leaves.keep(4, leaves.slice(4));
    await outside.leaves.keep(0, leaves.slice(0, 6));
    await outside.leaves.keep(0, leaves.slice(0, 6));
    expect(await outside.leaves.read(0, 100)).toEqual(leaves);
    expect(await outside.leaves.read(7, 1)).toEqual([leaf(22)]);
    expect(await outside.leaves.count()).toBe(9);
  });

  it('keep positions that need more than 32 bits', async () => {
    const far = { position: Number.MAX_SAFE_INTEGER, hash: Buffer.alloc(32, 7) };
    await outside.leaves.keep(0, [far]);
    expect(await outside.leaves.read(0, 1)).toEqual([far]);
  });

  it('do without a last one that was broken off', async () => {
    await outside.leaves.keep(0, [leaf(1), leaf(2)]);
    const file = join(dataDir, 'seal', 'leaves');
    await writeFile(file, (await readFile(file)).subarray(0, 70));
    expect(await outside.leaves.read(0, 2)).toEqual([leaf(1)]);
  });
});
