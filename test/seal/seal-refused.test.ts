import { cp, rm, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { leafHash } from '../../src/seal/leaf.ts';
import { newSignerKey } from '../../src/seal/note-keys.ts';
import {
  breakOffCommit,
  copyTree,
  type Machine,
  machineIn,
  refusalOf,
  sealAll,
  type Sealing,
  startSealing,
  tampered,
} from './sealing.ts';

let sealing: Sealing;
let machine: Machine;
beforeEach(async () => {
  sealing = await startSealing();
  machine = await sealing.machine();
});
afterEach(() => sealing.close());

describe('nothing is signed', () => {
  const refusalOn = (store: Machine['store']) => refusalOf({ ...machine, store });

  it('where the log is shorter than what was sealed, as after a return to an old backup of the log', async () => {
    await sealing.write(20);
    await sealAll(machine);
    const cut = tampered(sealing.store, (events) => events.slice(0, 15));
    expect(await refusalOn(cut)).toContain('the log ends before position 20');
  });

  it('where the last sealed fact is another one, as after a return to an old backup that went on', async () => {
    await sealing.write(20);
    await sealAll(machine);
    await sealing.write(5);
    const other = tampered(sealing.store, (events) =>
      events.map((event) => (event.position > 15 ? { ...event, id: `${event.id.slice(0, -1)}0`, version: 9 } : event)),
    );
    expect(await refusalOn(other)).toContain('the fact at position 20 is not what was sealed');
  });

  describe('after the whole database was set back to before the last checkpoint', () => {
    beforeEach(async () => {
      await sealing.write(20);
      await sealAll(machine);
      await sealing.write(20);
      await breakOffCommit(machine);
    });

    it('and facts are missing', async () => {
      const cut = tampered(sealing.store, (events) => events.slice(0, 30));
      expect(await refusalOn(cut)).toContain('the log has 30 facts, and 40 were sealed');
    });

    it('and went on with others, up to the same length and beyond', async () => {
      await sealing.write(20);
      const other = tampered(sealing.store, (events) =>
        events.map((event) => (event.position > 30 ? { ...event, version: 2 } : event)),
      );
      expect(await refusalOn(other)).toContain('the fact at position 31 is not what was sealed');
    });

    it('and the leaves outside are gone too: the root tells', async () => {
      await truncate(join(machine.folder, 'seal', 'leaves'), 0);
      const other = tampered(sealing.store, (events) =>
        events.map((event) => (event.position > 30 ? { ...event, version: 2 } : event)),
      );
      expect(await refusalOn(other)).toContain('have not the root that was signed');
    });
  });

  it.each([
    ['the tree was changed', `update seal_tiles set hashes = set_byte(hashes, 5, 255 - get_byte(hashes, 5))`],
    ['the tree was cut', `update seal_tiles set hashes = substr(hashes, 1, 64), positions = positions[1:2]`],
    ['the tree is gone', `delete from seal_tiles`],
    ['the end was moved on', `update seal_progress set size = 25, position = 25`],
    ['nothing says how far it goes', `delete from seal_progress`],
  ])('where in the database %s', async (_, statement) => {
    await sealing.write(20);
    await sealAll(machine);
    await sealing.write(20);
    await sealing.database.asOwner(statement);
    expect(await refusalOf(machine)).not.toBe('');
    expect(await machine.outside.checkpointSizes()).toEqual([20]);
  });

  it.each([
    ['with the leaves outside', false],
    ['without them', true],
  ])(
    'where the last leaf of full tiles was exchanged, so that facts behind it are left out, %s',
    async (_, isShort) => {
      await sealing.write(256);
      await sealAll(machine);
      await sealing.write(54);
      const [later] = await sealing.store.readAt([300]);
      const hash = later ? leafHash(later).toString('hex') : '';
      await sealing.database.asOwner(
        `update seal_tiles set positions[256] = 300, hashes = substr(hashes, 1, 255 * 32) || '\\x${hash}' where level = 0;
       update seal_progress set position = 300`,
      );
      if (isShort) await truncate(join(machine.folder, 'seal', 'leaves'), 0);
      expect(await refusalOf(machine)).toContain('the last leaf of the tree of 256 in the database');
      expect(await machine.outside.checkpointSizes()).toEqual([256]);
    },
  );

  it('where the database claims a longer tree that we never signed', async () => {
    await sealing.write(20);
    await sealAll(machine);
    const stranger = await sealing.machine();
    const forged = await startSealing();
    try {
      const forger = machineIn(stranger.folder, forged);
      await forged.write(50);
      await sealAll(forger);
      await copyTree(forged, sealing);
    } finally {
      await forged.close();
    }
    expect(await refusalOf(machine)).toContain('shows no checkpoint of ours');
    expect(await machine.outside.checkpointSizes()).toEqual([20]);
  });

  it('where the key is gone, rather than under a new one', async () => {
    await sealing.write(1);
    await sealAll(machine);
    await rm(join(machine.folder, 'seal', 'key'));
    await sealing.write(1);
    expect(await refusalOf(machine)).toContain('the key that sealed this log is gone');
  });

  it('where the checkpoint outside is another key’s', async () => {
    await sealing.write(1);
    await sealAll(machine);
    const other = await sealing.machine();
    await cp(join(machine.folder, 'seal', 'checkpoint'), join(other.folder, 'seal', 'checkpoint'), { recursive: true });
    expect(await refusalOf(machineIn(other.folder, sealing, newSignerKey('hoi-sach/other')))).toMatch(
      /sealed under the key/,
    );
  });
});
