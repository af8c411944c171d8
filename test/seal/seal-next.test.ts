import { cp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseCheckpoint, verifyCheckpoint } from '../../src/seal/checkpoint.ts';
import { rootOf } from '../../src/seal/frontier.ts';
import { leafHash } from '../../src/seal/leaf.ts';
import { newSignerKey } from '../../src/seal/note-keys.ts';
import { sealNext } from '../../src/seal/seal-next.ts';
import { SealRefused } from '../../src/seal/seal-refused.ts';
import { storedCheckpoint } from '../../src/seal/stored-tree.ts';
import { type Machine, machineIn, sealAll, type Sealing, startSealing, tampered } from './sealing.ts';

let sealing: Sealing;
let machine: Machine;
beforeEach(async () => {
  sealing = await startSealing();
  machine = await sealing.machine();
});
afterEach(() => sealing.close());

/** How many facts the last checkpoint covers, which is signed, of the log's root, in the database too, leaf by leaf. */
async function sealedSize({ outside, key } = machine): Promise<number> {
  const note = (await outside.latest()) ?? '';
  const { size, root } = verifyCheckpoint(note, [(await key.signer()).verifierKey]);
  const events = await sealing.store.read(0, size);
  expect({
    root,
    stored: await storedCheckpoint(sealing.database.db),
    leaves: await outside.leaves.read(0, size),
  }).toEqual({
    root: rootOf(events.map(leafHash)),
    stored: note,
    leaves: events.map((event) => ({ position: event.position, hash: leafHash(event) })),
  });
  return size;
}

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
      expect(await sealedSize()).toBe(size);
    }
    expect(await sealNext(machine)).toEqual({ outcome: 'nothing' });
    expect(await machine.outside.checkpointSizes()).toEqual([1, 2, 5, 255, 256, 257, 557, 1069]);
  });

  it('takes a long log in steps', async () => {
    await sealing.write(700);
    const small = { ...machine, batchMax: 300 };
    expect(await sealNext(small)).toEqual({ outcome: 'sealed', size: 300, position: 300, isAll: false });
    await sealAll(small);
    expect(await sealedSize()).toBe(700);
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
    expect(await sealedSize()).toBe(1100);
  });

  it('keeps the key to its owner, and out of the database', async () => {
    await sealing.write(1);
    await sealAll(machine);
    const file = join(machine.folder, 'seal', 'key');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const key = (await readFile(file, 'utf8')).trim();
    const stored = await everythingIn(sealing);
    expect(stored).not.toContain(key.split('+').at(-1));
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
    expect(await sealedSize()).toBe(700);
    expect(await machine.outside.checkpointSizes()).toEqual([300, 600, 700]);
  });

  it.each([
    ['before the leaves', { keep: 'before' }],
    ['in the middle of the leaves', { keep: 'half' }],
    ['after the leaves', { keep: 'after' }],
    ['before the checkpoint', { keepCheckpoint: 'before' }],
    ['after the checkpoint has a file of its own, and before it is the last one', { keepCheckpoint: 'half' }],
    ['after the checkpoint', { keepCheckpoint: 'after' }],
  ] as const)('%s, other facts of the same log go on from there', async (_, at) => {
    await sealing.write(250);
    await sealAll(machine);
    await sealing.write(20);
    await expect(sealNext(dyingAt(machine, at))).rejects.toThrow('killed');
    await sealing.write(30);
    await sealAll(machine);
    expect(await sealedSize()).toBe(300);
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
    expect(await sealedSize()).toBe(13);
  });

  it('in steps too small for the checkpoint that is there, none is signed in between', async () => {
    await sealing.write(10);
    await sealAll(machine);
    await sealing.write(300);
    await breakOffCommit(machine);
    await sealAll({ ...machine, batchMax: 100 });
    expect(await sealedSize()).toBe(310);
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
    expect(await sealedSize()).toBe(40);
    expect(await machine.outside.checkpointSizes()).toEqual([20, 40]);
  });
});

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

describe('several machines with one key', () => {
  const sealKey = newSignerKey('hoi-sach/shared');

  it('take turns, and each has copies of its own', async () => {
    const [one, two] = [await sealing.machine({ sealKey }), await sealing.machine({ sealKey })];
    let size = 0;
    for (const node of [one, one, two, one, two, two]) {
      await sealing.write(200);
      size += 200;
      await sealAll(node);
      expect(await sealedSize(node)).toBe(size);
    }
    expect(await readdir(join(one.folder, 'seal'))).not.toContain('key');
  });

  it('refuse a tree that does not begin with what they have', async () => {
    const [one, two] = [await sealing.machine({ sealKey }), await sealing.machine({ sealKey })];
    await sealing.write(30);
    await sealAll(one);
    const forged = await startSealing();
    try {
      // As if the key had been used on another log.
      await forged.write(50);
      await sealAll(machineIn(two.folder, forged, sealKey));
      await copyTree(forged, sealing);
    } finally {
      await forged.close();
    }
    expect(await refusalOf(one)).toContain('does not begin with the 30 leaves that were sealed here');
  });

  it('refuse to begin under another key beside the one that seals', async () => {
    await sealing.write(1);
    await sealAll(machine);
    expect(await refusalOf(await sealing.machine())).toMatch(
      /sealed under the key .* give every machine the same SEAL_KEY/,
    );
  });
});

/** Why nothing was signed; the copies outside are as they were. */
async function refusalOf(ground: Parameters<typeof sealNext>[0]): Promise<string> {
  const before = await ground.outside.latest();
  const error = await sealAll(ground).catch((thrown: unknown) => thrown);
  expect(await ground.outside.latest()).toBe(before);
  if (error instanceof SealRefused) return error.message;
  throw new Error('it was sealed', { cause: error });
}

type Death = { readonly keep?: When; readonly keepCheckpoint?: When };
type When = 'before' | 'half' | 'after';

/** A process on the same folder that is killed as it writes its copies. */
function dyingAt(machine: Machine, { keep, keepCheckpoint }: Death): Machine {
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
    const last = join(machine.folder, 'seal', 'checkpoint');
    const before = await readFile(last);
    await keptCheckpoint(note);
    if (keepCheckpoint === 'half') await writeFile(last, before);
    if (keepCheckpoint !== undefined) killed();
  };
  return dying;
}

/** Copies outside are on disk, and then the transaction is lost. */
async function breakOffCommit(machine: Machine): Promise<void> {
  const keepCheckpoint = machine.outside.keepCheckpoint.bind(machine.outside);
  machine.outside.keepCheckpoint = async (note) => {
    await keepCheckpoint(note);
    throw new Error('killed');
  };
  await expect(sealNext(machine)).rejects.toThrow('killed');
  machine.outside.keepCheckpoint = keepCheckpoint;
}

/** Puts one log's sealed tree in another database, as whoever has that database can. */
async function copyTree(from: Sealing, to: Sealing): Promise<void> {
  await to.database.asOwner('truncate seal_tiles, checkpoints, seal_keys');
  for (const table of ['seal_tiles', 'checkpoints', 'seal_keys'] as const) {
    const rows = await from.database.db.selectFrom(table).selectAll().execute();
    for (const row of rows) await to.database.db.insertInto(table).values(row).execute();
  }
  const { size, position } = await from.database.db
    .selectFrom('seal_progress')
    .select(['size', 'position'])
    .executeTakeFirstOrThrow();
  await to.database.asOwner(`update seal_progress set size = ${size}, position = ${position}`);
}

async function everythingIn({ database }: Sealing): Promise<string> {
  const tables = await database.asOwner<{ name: string }>(
    `select quote_ident(tablename) as name from pg_tables where schemaname = 'public'`,
  );
  const rows = await Promise.all(tables.map(({ name }) => database.asOwner(`select t::text from ${name} t`)));
  return JSON.stringify(rows);
}
