import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SealedLog } from '../../src/seal/sealed-log.ts';
import { sealAll, type Sealing, startSealing } from './sealing.ts';

let sealing: Sealing;
let sealed: SealedLog;
beforeEach(async () => {
  sealing = await startSealing();
  const machine = await sealing.machine();
  sealed = new SealedLog(sealing.database.db, () => machine.outside.keys());
  await sealing.write(600);
  await sealAll(machine);
});
afterEach(() => sealing.close());

describe('a proof about a tree that is smaller than the last checkpoint', () => {
  it('is given for any size', async () => {
    for (const size of [1, 10, 256, 257, 599, 600]) {
      const { path } = await sealed.inclusion({ leaf: 0, size });
      expect(path.length, `of ${size}`).toBe(Math.ceil(Math.log2(size)));
      expect((await sealed.consistency({ from: 1, to: size })).toRoot.length).toBe(32);
    }
    expect((await sealed.consistency({ from: 0, to: 0 })).path).toEqual([]);
  });

  it('is not given where the stored tree is no more what was signed', async () => {
    await sealing.database.asOwner(
      `update seal_tiles set hashes = set_byte(hashes, 5 * 32, 255 - get_byte(hashes, 5 * 32)) where level = 0 and index = 0`,
    );
    await expect(sealed.inclusion({ leaf: 5, size: 10 })).rejects.toThrow('not what was signed');
    await expect(sealed.consistency({ from: 7, to: 10 })).rejects.toThrow('not what was signed');
  });
});
