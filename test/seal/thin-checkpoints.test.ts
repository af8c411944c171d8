import { utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { rotateSealKey } from '../../src/seal/rotate-key.ts';
import { sealNext } from '../../src/seal/seal-next.ts';
import { thinCheckpoints } from '../../src/seal/thin-checkpoints.ts';
import { type Machine, sealAll, type Sealing, startSealing } from './sealing.ts';

const hour = 3_600_000;
/** Noon of a day, UTC. */
const noon = Date.UTC(2026, 3, 21, 12);

let sealing: Sealing;
let machine: Machine;
beforeEach(async () => {
  sealing = await startSealing();
  machine = await sealing.machine();
});
afterEach(() => sealing.close());

const fileOf = (size: number): string => join(machine.folder, 'seal', 'checkpoints', `${size}.txt`);

/** Seals one fact more for each of these times, at which the checkpoint's file was written then. */
async function sealAt(...times: readonly number[]): Promise<void> {
  for (const at of times) {
    await sealing.write(1);
    await sealNext(machine);
    const size = (await machine.outside.checkpointSizes()).at(-1) ?? 0;
    await utimes(fileOf(size), at / 1000, at / 1000);
  }
}

const thin = (now: number) => thinCheckpoints(sealing.database.db, machine.outside, now);
const sizes = () => machine.outside.checkpointSizes();

describe('old checkpoints outside the database', () => {
  it('are thinned to the first, the last, and the last of each day', async () => {
    await sealAt(noon, noon + hour, noon + 2 * hour, noon + 24 * hour, noon + 25 * hour, noon + 48 * hour);
    expect(await thin(noon + 72 * hour)).toBe(2);
    expect(await sizes()).toEqual([1, 3, 5, 6]);
    expect(await thin(noon + 72 * hour)).toBe(0);
    expect(await sizes()).toEqual([1, 3, 5, 6]);
  });

  it('stay for a day, all of them', async () => {
    await sealAt(noon, noon + hour, noon + 2 * hour, noon + 3 * hour);
    expect(await thin(noon + 25 * hour)).toBe(0);
    expect(await thin(noon + 25 * hour + 1)).toBe(1);
    expect(await sizes()).toEqual([1, 3, 4]);
  });

  it('stay where a key was handed over', async () => {
    await sealAt(noon, noon + 1, noon + 2);
    expect(await rotateSealKey(machine)).toMatchObject({ fromSize: 3 });
    await utimes(fileOf(3), (noon + 2) / 1000, (noon + 2) / 1000);
    await sealAt(noon + 3, noon + 4);
    await thin(noon + 72 * hour);
    expect(await sizes()).toEqual([1, 3, 5]);
  });

  it('stay where the database has them no more, or has another of that size', async () => {
    await sealAt(noon, noon + 1, noon + 2, noon + 3, noon + 4);
    await sealing.database.asOwner('delete from checkpoints where size = 2');
    await writeFile(fileOf(3), 'something else');
    await utimes(fileOf(3), (noon + 2) / 1000, (noon + 2) / 1000);
    expect(await thin(noon + 72 * hour)).toBe(1);
    expect(await sizes()).toEqual([1, 2, 3, 5]);
  });

  it('are missed by nobody who seals on', async () => {
    await sealAt(noon, noon + 1, noon + 2);
    await thin(noon + 72 * hour);
    await sealing.write(1);
    expect(await sealAll(machine)).toMatchObject({ outcome: 'sealed', size: 4 });
    expect(await sizes()).toEqual([1, 3, 4]);
  });
});
