import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newSignerKey } from '../../src/seal/note-keys.ts';
import { copyTree, machineIn, refusalOf, sealAll, sealedSize, type Sealing, startSealing } from './sealing.ts';

let sealing: Sealing;
beforeEach(async () => {
  sealing = await startSealing();
});
afterEach(() => sealing.close());

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

  it('refuse a tree that does not begin with what they have', async () => {
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
    expect(await refusalOf(one)).toContain('does not begin with the 30 leaves that were sealed here');
  });

  it('refuse to begin under another key beside the one that seals', async () => {
    await sealing.write(1);
    await sealAll(await sealing.machine());
    expect(await refusalOf(await sealing.machine())).toMatch(
      /sealed under the key .* give every machine the same SEAL_KEY/,
    );
  });
});
