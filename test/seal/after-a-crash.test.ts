import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseCheckpoint } from '../../src/seal/checkpoint.ts';
import { sealNext } from '../../src/seal/seal-next.ts';
import { storedCheckpoint } from '../../src/seal/stored-tree.ts';
import { breakOffCommit, type Machine, machineIn, sealAll, sealedSize, type Sealing, startSealing } from './sealing.ts';

let sealing: Sealing;
let machine: Machine;
beforeEach(async () => {
  sealing = await startSealing();
  machine = await sealing.machine();
});
afterEach(() => sealing.close());

describe('after a crash', () => {
  it('between the copies outside and the database, the checkpoint outside is taken over as it is', async () => {
    await sealing.write(300);
    await sealAll(machine);
    await sealing.write(300);
    await breakOffCommit(machine);
    const note = await machine.outside.latest();
    expect(parseCheckpoint(note ?? '').size).toBe(600);
    await sealing.write(100);
    expect(await sealNext(machine)).toEqual({ outcome: 'sealed', size: 600, position: 600, isAll: false });
    expect(await storedCheckpoint(sealing.database.db)).toBe(note);
    await sealAll(machine);
    expect(await sealedSize(sealing, machine)).toBe(700);
    expect(await machine.outside.checkpointSizes()).toEqual([300, 600, 700]);
  });

  it.each([
    ['before the leaves', { keep: 'before' }],
    ['in the middle of the leaves', { keep: 'half' }],
    ['after the leaves', { keep: 'after' }],
    ['before the checkpoint', { keepCheckpoint: 'before' }],
    ['after the checkpoint is the last one, and before it has a file of its own', { keepCheckpoint: 'half' }],
    ['after the checkpoint', { keepCheckpoint: 'after' }],
  ] as const)('%s, other facts of the same log go on from there', async (_, at) => {
    await sealing.write(250);
    await sealAll(machine);
    await sealing.write(20);
    await expect(sealNext(dyingAt(sealing, machine, at))).rejects.toThrow('killed');
    await sealing.write(30);
    await sealAll(machine);
    expect(await sealedSize(sealing, machine)).toBe(300);
    const sizes = await machine.outside.checkpointSizes();
    expect(sizes).toEqual('keepCheckpoint' in at && at.keepCheckpoint !== 'before' ? [250, 270, 300] : [250, 300]);
  });

  it('with leaves outside that no checkpoint covers, they are written again', async () => {
    await sealing.write(10);
    await sealAll(machine);
    await machine.outside.leaves.keep(
      10,
      Array.from({ length: 7 }, () => ({ position: 99, hash: Buffer.alloc(32, 1) })),
    );
    await writeFile(join(machine.folder, 'seal', 'leaves'), 'half a record', { flag: 'a' });
    await sealing.write(3);
    await sealAll(machine);
    expect(await sealedSize(sealing, machine)).toBe(13);
  });

  it('in steps too small for the checkpoint that is there, none is signed in between', async () => {
    await sealing.write(10);
    await sealAll(machine);
    await sealing.write(300);
    await breakOffCommit(machine);
    await sealAll({ ...machine, batchMax: 100 });
    expect(await sealedSize(sealing, machine)).toBe(310);
    expect(await machine.outside.checkpointSizes()).toEqual([10, 310]);
  });
});

describe('what the database lost of the tree is made again from the log, and held to the copies outside', () => {
  it.each([
    ['its end', `update seal_progress set size = 10, position = 10`],
    ['all of it', `truncate seal_tiles, checkpoints, seal_keys; update seal_progress set size = 0, position = 0`],
  ])('%s', async (_, statement) => {
    await sealing.write(20);
    await sealAll(machine);
    await sealing.database.asOwner(statement);
    await sealing.write(20);
    await sealAll(machine);
    expect(await sealedSize(sealing, machine)).toBe(40);
    expect(await machine.outside.checkpointSizes()).toEqual([20, 40]);
  });
});

type Death = { readonly keep?: When; readonly keepCheckpoint?: When };
type When = 'before' | 'half' | 'after';

/** A process on the same folder that is killed as it writes its copies. */
function dyingAt(sealing: Sealing, machine: Machine, { keep, keepCheckpoint }: Death): Machine {
  const dying = machineIn(machine.folder, sealing);
  const { leaves } = dying.outside;
  const [kept, keptCheckpoint] = [leaves.keep.bind(leaves), dying.outside.keepCheckpoint.bind(dying.outside)];
  const killed = (): never => {
    throw new Error('killed');
  };
  leaves.keep = async (from, all) => {
    if (keep === 'before') killed();
    await kept(from, keep === 'half' ? all.slice(0, all.length / 2) : all);
    if (keep !== undefined) killed();
  };
  dying.outside.keepCheckpoint = async (note) => {
    if (keepCheckpoint === 'before') killed();
    await keptCheckpoint(note);
    const { size } = parseCheckpoint(note);
    if (keepCheckpoint === 'half') await rm(join(machine.folder, 'seal', 'checkpoints', `${size}.txt`));
    if (keepCheckpoint !== undefined) killed();
  };
  return dying;
}
