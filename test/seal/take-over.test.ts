import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { auditLog } from '../../src/seal/audit/audit-log.ts';
import { newSignerKey } from '../../src/seal/note-keys.ts';
import { rotateSealKey } from '../../src/seal/rotate-key.ts';
import { sealNext } from '../../src/seal/seal-next.ts';
import { type Machine, machineIn, sealAll, sealedSize, type Sealing, startSealing } from './sealing.ts';

let sealing: Sealing;
beforeEach(async () => {
  sealing = await startSealing();
});
afterEach(() => sealing.close());

/** What docs/seal.md says to do where the stored tree was changed, and the log was not. */
const emptyTables = () =>
  sealing.database.asOwner(
    'truncate seal_tiles, checkpoints, seal_keys; update seal_progress set size = 0, position = 0',
  );

const writeAndSeal = async (machine: Machine, count: number) => {
  await sealing.write(count);
  await sealAll(machine);
};

const storedSizes = async (): Promise<number[]> => {
  const rows = await sealing.database.db.selectFrom('checkpoints').select('size').orderBy('size').execute();
  return rows.map(({ size }) => size);
};

const findingsOn = async (machine: Machine) => (await auditLog({ ...machine, store: sealing.store })).findings;

describe('where the tables of the seal were emptied', () => {
  it('every checkpoint comes back, whichever key signed it', async () => {
    const machine = await sealing.machine();
    await writeAndSeal(machine, 30);
    await sealing.write(30);
    await rotateSealKey(machine);
    await writeAndSeal(machine, 30);
    await emptyTables();
    await writeAndSeal(machine, 10);
    expect(await storedSizes()).toEqual([30, 60, 90, 100]);
    expect(await sealedSize(sealing, machine)).toBe(100);
    expect(await findingsOn(machine)).toEqual([]);
  });

  it('a long log comes back at once, so that a machine that begins meanwhile goes on from it', async () => {
    const sealKey = newSignerKey('hoi-sach/shared');
    const one = await sealing.machine({ sealKey });
    await writeAndSeal(one, 700);
    await emptyTables();
    expect(await sealNext({ ...one, batchMax: 100 })).toMatchObject({ outcome: 'sealed', size: 700 });
    const two = await sealing.machine({ sealKey });
    await writeAndSeal(two, 1);
    expect(await sealedSize(sealing, two)).toBe(701);
    expect(await findingsOn(two)).toEqual([]);
  });

  it('each of several machines puts back those that it has, when it starts', async () => {
    const sealKey = newSignerKey('hoi-sach/shared');
    const [one, two] = [await sealing.machine({ sealKey }), await sealing.machine({ sealKey })];
    for (const machine of [one, two, one, two]) await writeAndSeal(machine, 30);
    await emptyTables();
    const restarted = [two, one].map(({ folder }) => machineIn(folder, sealing, sealKey));
    for (const each of restarted) await writeAndSeal(each, 10);
    expect(await storedSizes()).toEqual([30, 60, 90, 120, 130, 140]);
    for (const each of restarted) expect(await findingsOn(each)).toEqual([]);
  });
});
