import { readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseCheckpoint, signCheckpoint, verifyCheckpoint } from '../../src/seal/checkpoint.ts';
import { NoteError } from '../../src/seal/note-error.ts';
import { newSignerKey, readSignerKey } from '../../src/seal/note-keys.ts';
import { followHandovers, verifyByKeys } from '../../src/seal/published-keys.ts';
import { rotateSealKey } from '../../src/seal/rotate-key.ts';
import { SealRefused } from '../../src/seal/seal-refused.ts';
import { storedKeys } from '../../src/seal/stored-tree.ts';
import { type Machine, machineIn, sealAll, type Sealing, startSealing } from './sealing.ts';

let sealing: Sealing;
let machine: Machine;
beforeEach(async () => {
  sealing = await startSealing();
  machine = await sealing.machine();
});
afterEach(() => sealing.close());

const inFolder = (name: string) => join(machine.folder, 'seal', name);

describe('a key that follows another', () => {
  it('is named by the last checkpoint of the old one, which both sign, and signs from there on', async () => {
    await sealing.write(3);
    const old = await machine.key.signer();
    const { verifier, fromSize } = await rotateSealKey(machine);
    expect({ verifier, fromSize }).toEqual({ verifier: (await machine.key.signer()).verifierKey, fromSize: 3 });
    expect(verifier).not.toBe(old.verifierKey);
    expect(verifyCheckpoint((await machine.outside.latest()) ?? '', [old.verifierKey, verifier])).toMatchObject({
      size: 3,
      extension: [`next ${verifier}`],
      signedBy: [old.verifierKey, verifier],
    });
    await sealing.write(2);
    await sealAll(machineIn(machine.folder, sealing));
    const note = (await machine.outside.latest()) ?? '';
    expect(verifyCheckpoint(note, [verifier])).toMatchObject({ size: 5, signedBy: [verifier] });
    expect(() => verifyCheckpoint(note, [old.verifierKey])).toThrow(NoteError);
    expect((await stat(inFolder('key'))).mode & 0o777).toBe(0o600);
  });

  it('is followed by whoever trusts the first, over any number of keys', async () => {
    const { verifierKey } = await machine.key.signer();
    for (const _ of [1, 2, 3]) {
      await sealing.write(1);
      await rotateSealKey(machine);
    }
    const published = await storedKeys(sealing.database.db);
    expect(published.map(({ fromSize }) => fromSize)).toEqual([0, 1, 2, 3]);
    expect(await machine.outside.keys()).toEqual(published);
    const first = { verifier: verifierKey, fromSize: 0, handover: null };
    expect(followHandovers([first], published)).toEqual(published);
  });

  it('is not followed where the old one did not name it, whatever else it has signed', async () => {
    await sealing.write(1);
    await sealAll(machine);
    const [first] = await machine.outside.keys();
    const { origin, size, root } = parseCheckpoint((await machine.outside.latest()) ?? '');
    const thief = readSignerKey(newSignerKey(origin));
    const signed = ((await machine.outside.latest()) ?? '').split('\n\n')[1] ?? '';
    const line = `next ${thief.verifierKey}`;
    const notes = [
      // Its own signature below a checkpoint of the old key, which names nobody.
      `${(await machine.outside.latest()) ?? ''}${signCheckpoint({ origin, size, root }, [thief]).split('\n\n')[1]}`,
      // A handover that it has written itself, with the old signature of another text.
      `${signCheckpoint({ origin, size, root, extension: [line] }, [thief])}${signed}`,
      signCheckpoint({ origin, size, root, extension: [line] }, [thief]),
    ];
    const offered = notes.map((handover) => ({ verifier: thief.verifierKey, fromSize: size, handover }));
    expect(followHandovers(first ? [first] : [], offered)).toEqual([first]);
  });

  it('ends what the old one may sign', async () => {
    await sealing.write(3);
    const old = await machine.key.signer();
    await rotateSealKey(machine);
    const keys = await machine.outside.keys();
    const { origin, root } = parseCheckpoint((await machine.outside.latest()) ?? '');
    expect(verifyByKeys(signCheckpoint({ origin, size: 3, root }, [old]), keys)).toMatchObject({ size: 3 });
    expect(() => verifyByKeys(signCheckpoint({ origin, size: 4, root }, [old]), keys)).toThrow(NoteError);
  });

  it('comes only after the old one has signed something', async () => {
    await expect(rotateSealKey(machine)).rejects.toThrow(SealRefused);
    await sealing.write(1);
    await rotateSealKey(machine);
    await expect(rotateSealKey(machine)).rejects.toThrow('nothing was sealed under the present key yet');
  });
});

describe('a rotation that was killed', () => {
  it('before the key was in its place is finished by the next one who seals', async () => {
    await sealing.write(3);
    const old = await readFile(inFolder('key'), 'utf8').catch(async () => {
      await machine.key.signer();
      return readFile(inFolder('key'), 'utf8');
    });
    const { verifier } = await rotateSealKey(machine);
    await rename(inFolder('key'), inFolder('key.next'));
    await writeFile(inFolder('key'), old, { mode: 0o600 });
    await sealing.write(1);
    await sealAll(machine);
    expect(verifyCheckpoint((await machine.outside.latest()) ?? '', [verifier]).size).toBe(4);
    await expect(stat(inFolder('key.next'))).rejects.toThrow('ENOENT');
  });

  it('before the handover changes nothing', async () => {
    await sealing.write(3);
    await sealAll(machine);
    const { verifierKey } = await machine.key.signer();
    await machine.key.prepareNext();
    await sealing.write(1);
    await sealAll(machine);
    expect(verifyCheckpoint((await machine.outside.latest()) ?? '', [verifierKey]).size).toBe(4);
  });
});

describe('with the key in the environment', () => {
  it('the new one waits in a file, and nothing is sealed under the old one any more', async () => {
    const sealKey = newSignerKey('hoi-sach/shared');
    const [one, two] = [await sealing.machine({ sealKey }), await sealing.machine({ sealKey })];
    await sealing.write(1);
    for (const each of [one, two]) await sealAll(each);
    const { verifier } = await rotateSealKey(one);
    await sealing.write(1);
    for (const each of [one, two]) await expect(sealAll(each)).rejects.toThrow(/sealed under the key .* the new one/);
    const next = (await readFile(one.key.nextFile, 'utf8')).trim();
    for (const each of [two, one]) {
      await sealAll(machineIn(each.folder, sealing, next));
      await sealing.write(1);
    }
    expect(verifyCheckpoint((await one.outside.latest()) ?? '', [verifier]).size).toBe(3);
    expect(await two.outside.keys()).toEqual(await one.outside.keys());
  });
});
