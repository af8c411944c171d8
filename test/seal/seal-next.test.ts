import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sealNext } from '../../src/seal/seal-next.ts';
import { type Machine, machineIn, sealAll, sealedSize, type Sealing, startSealing } from './sealing.ts';

let sealing: Sealing;
let machine: Machine;
beforeEach(async () => {
  sealing = await startSealing();
  machine = await sealing.machine();
});
afterEach(() => sealing.close());

describe('sealing a log', () => {
  it('signs nothing while there is nothing', async () => {
    expect(await sealNext(machine)).toEqual({ outcome: 'nothing' });
    expect(await machine.outside.latest()).toBeUndefined();
  });

  it('signs the root of all facts, again and again as they come, past the width of tiles', async () => {
    let size = 0;
    for (const more of [1, 1, 3, 250, 1, 1, 300, 512]) {
      await sealing.write(more);
      size += more;
      expect(await sealAll(machine)).toEqual({ outcome: 'sealed', size, position: size, isAll: true });
      expect(await sealedSize(sealing, machine)).toBe(size);
    }
    expect(await sealNext(machine)).toEqual({ outcome: 'nothing' });
    expect(await machine.outside.checkpointSizes()).toEqual([1, 2, 5, 255, 256, 257, 557, 1069]);
  });

  it('takes a long log in steps', async () => {
    await sealing.write(700);
    const small = { ...machine, batchMax: 300 };
    expect(await sealNext(small)).toEqual({ outcome: 'sealed', size: 300, position: 300, isAll: false });
    await sealAll(small);
    expect(await sealedSize(sealing, machine)).toBe(700);
  });

  it('ends a checkpoint at the closing of figures', async () => {
    await sealing.write(3);
    await sealing.write(1, 'FiguresClosed');
    await sealing.write(2);
    await sealAll(machine);
    expect(await machine.outside.checkpointSizes()).toEqual([4, 6]);
  });

  it('is done by one node at a time, and the others leave it alone', async () => {
    await sealing.write(600);
    const nodes = Array.from({ length: 4 }, () => ({ ...machineIn(machine.folder, sealing), batchMax: 100 }));
    await sealNext(machine);
    await sealing.write(500);
    await Promise.all(nodes.map(sealUntilDone));
    expect(await sealedSize(sealing, machine)).toBe(1100);
  });

  it('keeps the key to its owner, and out of the database', async () => {
    await sealing.write(1);
    await sealAll(machine);
    const file = join(machine.folder, 'seal', 'key');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const key = (await readFile(file, 'utf8')).trim();
    const stored = await everythingIn(sealing);
    // PRIVATE+KEY+name+hash+secret, in base64, which may hold a plus itself.
    const secret = key.split('+').slice(4).join('+');
    expect(secret.length).toBeGreaterThan(40);
    expect(stored).not.toContain(secret);
    expect(stored).toContain((await machine.key.signer()).verifierKey);
  });
});

/** Whoever finds another one at it tries again. */
async function sealUntilDone(node: Machine): Promise<void> {
  for (;;) {
    const step = await sealNext(node);
    if (step.outcome === 'nothing' || (step.outcome === 'sealed' && step.isAll)) return;
  }
}

async function everythingIn({ database }: Sealing): Promise<string> {
  const tables = await database.asOwner<{ name: string }>(
    `select quote_ident(tablename) as name from pg_tables where schemaname = 'public'`,
  );
  const rows = await Promise.all(tables.map(({ name }) => database.asOwner(`select t::text from ${name} t`)));
  return JSON.stringify(rows);
}
