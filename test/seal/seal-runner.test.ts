import { rm, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { parseCheckpoint } from '../../src/seal/checkpoint.ts';
import { sealLagOf } from '../../src/seal/seal-lag.ts';
import { SealRunner } from '../../src/seal/seal-runner.ts';
import { storedProgress } from '../../src/seal/stored-tree.ts';
import { type Machine, machineIn, type Sealing, startSealing } from './sealing.ts';

let sealing: Sealing;
let machine: Machine;
let logged: { readonly level: string; readonly line: unknown }[];
const runners: SealRunner[] = [];
beforeEach(async () => {
  sealing = await startSealing();
  machine = await sealing.machine();
  logged = [];
});
afterEach(async () => {
  for (const runner of runners.splice(0)) await runner.stop();
  await sealing.close();
});

function run(about: Partial<Machine> & { everySeconds?: number } = {}): SealRunner {
  const note = (level: string) => (line: unknown) => void logged.push({ level, line });
  const log = { info: note('info'), warn: note('warn'), error: note('error') };
  const runner = new SealRunner({ everySeconds: 0.05, ...machine, ...about, store: sealing.store, log });
  runners.push(runner);
  return runner;
}

const sealedSize = async ({ outside } = machine): Promise<number> => {
  const note = await outside.latest();
  return note === undefined ? 0 : parseCheckpoint(note).size;
};

const until = (condition: () => Promise<void>) => vi.waitFor(condition, { timeout: 20_000, interval: 20 });

describe('a node that seals', () => {
  it('seals facts as they come, though nobody asks', async () => {
    run();
    for (const size of [2, 4, 6]) {
      await sealing.write(2);
      await until(async () => expect(await sealedSize()).toBe(size));
    }
    expect(logged).toEqual([]);
  });

  it('seals what is left when it stops', async () => {
    const runner = run({ everySeconds: 3600 });
    await sealing.write(1);
    await until(async () => expect(await sealedSize()).toBe(1));
    await sealing.write(6000);
    await runner.stop();
    expect(await sealedSize()).toBe(6001);
  });

  it('is one of several, and every fact is sealed once', async () => {
    for (let node = 0; node < 4; node += 1) run(machineIn(machine.folder, sealing));
    for (let batch = 0; batch < 10; batch += 1) await sealing.write(97);
    await until(async () => expect(await sealedSize()).toBe(970));
    await until(async () => expect(await storedProgress(sealing.database.db)).toEqual({ size: 970, position: 970 }));
    expect(logged).toEqual([]);
  });

  it('says once that it must not sign, and goes on when what was changed is back', async () => {
    await sealing.write(5);
    const runner = run();
    await until(async () => expect(await sealedSize()).toBe(5));
    expect(runner.isRefused).toBe(false);
    await sealing.database.asOwner('update seal_progress set position = 4');
    await sealing.write(1);
    await until(async () => expect(runner.isRefused).toBe(true));
    await sealing.write(1);
    await sealing.write(1);
    expect(await sealedSize()).toBe(5);
    await sealing.database.asOwner('update seal_progress set position = 5');
    await sealing.write(1);
    await until(async () => expect(runner.isRefused).toBe(false));
    expect(await sealedSize()).toBe(9);
    expect(logged.map(({ level }) => level)).toEqual(['error', 'info']);
    expect(logged[0]).toMatchObject({ line: { why: 'the fact at position 4 is not what was sealed' } });
  });

  it('tries again after an error of the machine it runs on', async () => {
    await sealing.write(1);
    const broken = { ...machine, db: sealing.database.db };
    await sealing.database.asOwner('alter table seal_tiles rename to away');
    run(broken);
    await until(async () => expect(logged).not.toEqual([]));
    await sealing.database.asOwner('alter table away rename to seal_tiles');
    await sealing.write(1);
    await until(async () => expect(await sealedSize()).toBe(2));
    expect(new Set(logged.map(({ level }) => level))).toEqual(new Set(['warn']));
  });

  it('puts back checkpoints that the database has lost, and says so once', async () => {
    for (const _ of [1, 2, 3]) {
      await sealing.write(1);
      await run({ everySeconds: 3600 }).stop();
    }
    await sealing.database.asOwner('delete from checkpoints where size < 3');
    const again = machineIn(machine.folder, sealing);
    await run({ ...again, everySeconds: 3600 }).stop();
    await run({ ...again, everySeconds: 3600 }).stop();
    const rows = await sealing.database.db.selectFrom('checkpoints').select('size').orderBy('size').execute();
    expect(rows.map(({ size }) => size)).toEqual([1, 2, 3]);
    expect(logged).toEqual([{ level: 'warn', line: { checkpoints: 2, from: 1, to: 2 } }]);
  });

  it('thins the checkpoints of former days while nothing is to be sealed', async () => {
    for (const _ of [1, 2, 3]) {
      await sealing.write(1);
      await run({ everySeconds: 3600 }).stop();
    }
    const longAgo = Date.UTC(2026, 3, 21, 12) / 1000;
    for (const size of [1, 2, 3]) {
      const file = join(machine.folder, 'seal', 'checkpoints', `${size}.txt`);
      await utimes(file, longAgo, longAgo);
    }
    run();
    await until(async () => expect(await machine.outside.checkpointSizes()).toEqual([1, 3]));
    expect(logged).toEqual([]);
  });

  it('does not take a new key where its own is gone', async () => {
    await sealing.write(1);
    const runner = run();
    await until(async () => expect(await sealedSize()).toBe(1));
    await rm(join(machine.folder, 'seal', 'key'));
    await sealing.write(1);
    await until(async () => expect(runner.isRefused).toBe(true));
    expect(await sealedSize()).toBe(1);
  });
});

describe('how far sealing is behind', () => {
  it('is counted from the first fact that is not sealed', async () => {
    const clock = () => Date.now() + 60_000;
    expect(await sealLagOf(sealing.database.db, { store: sealing.store, clock })).toEqual({
      size: 0,
      position: 0,
      seconds: 0,
    });
    await sealing.write(3);
    const behind = await sealLagOf(sealing.database.db, { store: sealing.store, clock });
    expect(behind).toMatchObject({ size: 0, position: 0 });
    expect(behind.seconds).toBeGreaterThan(50);
    await run({ everySeconds: 3600 }).stop();
    expect(await sealLagOf(sealing.database.db, { store: sealing.store, clock })).toEqual({
      size: 3,
      position: 3,
      seconds: 0,
    });
  });
});
