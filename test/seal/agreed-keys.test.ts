import { readFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { believedKeys } from '../../src/seal/agreed-keys.ts';
import { newSignerKey } from '../../src/seal/note-keys.ts';
import { followFirst } from '../../src/seal/published-keys.ts';
import { rotateSealKey } from '../../src/seal/rotate-key.ts';
import { SealedLog } from '../../src/seal/sealed-log.ts';
import { storedKeys } from '../../src/seal/stored-tree.ts';
import { refusalOf, sealAll, sealedSize, type Sealing, startSealing } from './sealing.ts';

let sealing: Sealing;
beforeEach(async () => {
  sealing = await startSealing();
});
afterEach(() => sealing.close());

/** What whoever has the database can put among its keys: no key, below the last note, which hands over to nobody. */
const putGarbage = (fromSize: number) =>
  sealing.database.asOwner(
    `insert into seal_keys select 'garbage', ${fromSize}, note from checkpoints order by size desc limit 1`,
  );

describe('a row among the keys in the database that is no key', () => {
  it('is not believed, and the log is sealed and answered for as before', async () => {
    const machine = await sealing.machine();
    await sealing.write(3);
    await sealAll(machine);
    const keys = await machine.outside.keys();
    await putGarbage(1);
    await sealing.write(2);
    await sealAll(machine);
    expect(await sealedSize(sealing, machine)).toBe(5);
    expect(await machine.outside.keys()).toEqual(keys);
    const { db } = sealing.database;
    for (const believed of [() => believedKeys(db, machine.outside), async () => followFirst(await storedKeys(db))])
      expect((await new SealedLog(db, believed).keys())?.keys).toEqual(keys);
  });

  it('is not taken over by a machine that never sealed', async () => {
    const one = await sealing.machine({ sealKey: newSignerKey('hoi-sach/shared') });
    await sealing.write(3);
    await rotateSealKey(one);
    await putGarbage(1);
    const two = await sealing.machine({ sealKey: await readFile(one.key.nextFile, 'utf8') });
    await sealing.write(1);
    await sealAll(two);
    expect(await sealedSize(sealing, two)).toBe(4);
    expect(await two.outside.keys()).toEqual(await one.outside.keys());
  });

  it('ends sealing where it is the first one, and there are no copies', async () => {
    const machine = await sealing.machine({ sealKey: newSignerKey('hoi-sach/shared') });
    await sealing.write(3);
    await sealAll(machine);
    await putGarbage(-1);
    expect(await refusalOf(await sealing.machine())).toContain('sealed under the key garbage');
  });
});
