import { readdir, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { auditLog } from '../../src/seal/audit/audit-log.ts';
import { newSignerKey } from '../../src/seal/note-keys.ts';
import {
  breakOffCommit,
  copyTree,
  machineIn,
  refusalOf,
  sealAll,
  sealedSize,
  type Sealing,
  startSealing,
} from './sealing.ts';

let sealing: Sealing;
beforeEach(async () => {
  sealing = await startSealing();
});
afterEach(() => sealing.close());

const storedSizes = async (): Promise<number[]> => {
  const rows = await sealing.database.db.selectFrom('checkpoints').select('size').orderBy('size').execute();
  return rows.map(({ size }) => size);
};

describe('several machines with one key', () => {
  const sealKey = newSignerKey('hoi-sach/shared');

  it('take turns, and each has copies of its own', async () => {
    const [one, two] = [await sealing.machine({ sealKey }), await sealing.machine({ sealKey })];
    let size = 0;
    for (const node of [one, one, two, one, two, two]) {
      await sealing.write(200);
      size += 200;
      await sealAll(node);
      expect(await sealedSize(sealing, node)).toBe(size);
    }
    expect(await readdir(join(one.folder, 'seal'))).not.toContain('key');
  });

  it('copy what is new to them only, and all of it where their leaves are gone', async () => {
    const [one, two] = [await sealing.machine({ sealKey }), await sealing.machine({ sealKey })];
    await sealing.write(300);
    await sealAll(one);
    await sealAll(two);
    await sealing.write(300);
    await sealAll(one);
    const written = vi.spyOn(two.outside.leaves, 'keep');
    await sealAll(two);
    expect(written.mock.calls.map(([from, leaves]) => [from, leaves.length])).toEqual([[300, 300]]);
    await truncate(join(two.folder, 'seal', 'leaves'), 0);
    await sealing.write(10);
    await sealAll(one);
    await sealAll(two);
    expect(await sealedSize(sealing, two)).toBe(610);
  });

  it('put the checkpoint into the database that one was killed over, once another has sealed', async () => {
    const [one, two] = [await sealing.machine({ sealKey }), await sealing.machine({ sealKey })];
    await sealing.write(30);
    await sealAll(one);
    await sealing.write(5);
    await breakOffCommit(one);
    await sealing.write(5);
    await sealAll(two);
    await sealAll(one);
    expect(await storedSizes()).toEqual([30, 35, 40]);
    const { findings } = await auditLog({ ...one, store: sealing.store });
    expect(findings).toEqual([]);
  });

  it('refuse a tree that does not begin with what they have, and write nothing of it', async () => {
    const [one, two] = [await sealing.machine({ sealKey }), await sealing.machine({ sealKey })];
    await sealing.write(30);
    await sealAll(one);
    const forged = await startSealing();
    try {
      // As if the key had been used on another log.
      await forged.write(50);
      await sealAll(machineIn(two.folder, forged, sealKey));
      await copyTree(forged, sealing);
    } finally {
      await forged.close();
    }
    const leaves = await one.outside.leaves.read(0, 100);
    expect(await refusalOf(one)).toContain('does not begin with the 30 leaves that were sealed here');
    expect(await one.outside.leaves.read(0, 100)).toEqual(leaves);
  });

  it('refuse to begin under another key beside the one that seals', async () => {
    await sealing.write(1);
    await sealAll(await sealing.machine());
    expect(await refusalOf(await sealing.machine())).toMatch(
      /sealed under the key .* give every machine the same SEAL_KEY/,
    );
  });
});
