import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { auditLog } from '../../../src/seal/audit/audit-log.ts';
import { newSignerKey, readSignerKey } from '../../../src/seal/note-keys.ts';
import { OutsideCopies } from '../../../src/seal/outside-copies.ts';
import { rotateSealKey } from '../../../src/seal/rotate-key.ts';
import { type Machine, machineIn, sealAll, type Sealing, startSealing } from '../sealing.ts';

let sealing: Sealing;
let machine: Machine;
let empty: string;
beforeEach(async () => {
  sealing = await startSealing();
  machine = await sealing.machine();
  empty = await mkdtemp(join(tmpdir(), 'seal-none-'));
});
afterEach(async () => {
  await sealing.close();
  await rm(empty, { recursive: true });
});

/** As a machine that keeps no copies, and has the key in its environment. */
const auditByKey = (ownKey: string) =>
  auditLog({ db: sealing.database.db, store: sealing.store, outside: new OutsideCopies({ dataDir: empty }), ownKey });

describe('by nothing but the key in the environment', () => {
  const rotated = async (): Promise<string> => {
    await sealing.write(3);
    const { verifier } = await rotateSealKey(machine);
    await sealing.write(2);
    await sealAll(machineIn(machine.folder, sealing));
    return verifier;
  };

  it('nothing is found after the key was replaced', async () => {
    const verifier = await rotated();
    const { findings, sealed, keys } = await auditByKey(verifier);
    expect(findings).toEqual([]);
    expect(sealed?.size).toBe(5);
    expect(keys.at(-1)).toBe(verifier);
    expect(keys).toHaveLength(2);
  });

  it('a key that does not lead to it is named, and believed nothing', async () => {
    const verifier = await rotated();
    const thief = readSignerKey(newSignerKey(verifier.split('+')[0] ?? '')).verifierKey;
    await sealing.database.asOwner(`update seal_keys set verifier = '${thief}' where from_size = 0`);
    const { findings, keys } = await auditByKey(verifier);
    expect(findings).toContainEqual({ kind: 'key-replaced', where: 'database', key: thief });
    expect(keys).toEqual([verifier]);
  });
});
