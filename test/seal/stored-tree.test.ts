import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { believedKeys } from '../../src/seal/agreed-keys.ts';
import { leafHash } from '../../src/seal/leaf.ts';
import { SealedLog } from '../../src/seal/sealed-log.ts';
import { leafOfPosition, storedLeaves } from '../../src/seal/stored-tree.ts';
import { type Machine, sealAll, type Sealing, startSealing, tampered } from './sealing.ts';

let sealing: Sealing;
let machine: Machine;
beforeEach(async () => {
  sealing = await startSealing();
  machine = await sealing.machine();
});
afterEach(() => sealing.close());

describe('in a store whose positions have gaps', () => {
  /** As KurrentDB gives them: each event takes as many as it has bytes. */
  const spread = () =>
    tampered(sealing.store, (events) => events.map((event) => ({ ...event, position: event.position * 1000 + 7 })));

  beforeEach(async () => {
    await sealing.write(600);
    await sealAll({ ...machine, store: spread() });
  });

  it('leaves are numbered by themselves, and an event’s is found by its position', async () => {
    for (const [position, leaf] of [
      [1007, 0],
      [256_007, 255],
      [257_007, 256],
      [600_007, 599],
    ] as const) {
      expect(await leafOfPosition(sealing.database.db, position), `at ${position}`).toBe(leaf);
    }
    for (const position of [0, 1006, 1008, 256_500, 600_008]) {
      expect(await leafOfPosition(sealing.database.db, position), `at ${position}`).toBeUndefined();
    }
  });

  it('positions are kept with the leaves, in the database and outside', async () => {
    const events = await spread().read(0, 600);
    const leaves = events.map((event) => ({ position: event.position, hash: leafHash(event) }));
    expect(await storedLeaves(sealing.database.db, { from: 300 })).toEqual(leaves.slice(300));
    expect(await machine.outside.leaves.read(0, 600)).toEqual(leaves);
  });

  it('an event has its receipt', async () => {
    const sealed = new SealedLog(sealing.database.db, () => believedKeys(sealing.database.db, machine.outside));
    const [event] = await spread().readAt([300_007]);
    expect(event && (await sealed.receipt(event))).toMatchObject({ envelope: { position: 300_007 }, leaf: 299 });
  });
});
