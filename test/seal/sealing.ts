import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, vi } from 'vitest';
import type { StoredEvent } from '../../events/envelope.ts';
import { Secret } from '../../src/config.ts';
import { verifyCheckpoint } from '../../src/seal/checkpoint.ts';
import { rootOf } from '../../src/seal/frontier.ts';
import { leafHash } from '../../src/seal/leaf.ts';
import { OutsideCopies } from '../../src/seal/outside-copies.ts';
import { SealKey } from '../../src/seal/seal-key.ts';
import { sealNext, type SealGround, type SealStep } from '../../src/seal/seal-next.ts';
import { SealRefused } from '../../src/seal/seal-refused.ts';
import { storedCheckpoint } from '../../src/seal/stored-tree.ts';
import type { EventStore } from '../../src/store/event-store.ts';
import { memoryEventStore } from '../../src/store/memory/memory-event-store.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { someItem } from '../store/some-items.ts';

/** Each test takes a database and writes many small files to disk, which a busy machine is slow at. */
vi.setConfig({ testTimeout: 90_000 });

/** A database and a log that are sealed, by one machine or several. */
export type Sealing = {
  readonly database: FreshDatabase;
  readonly store: EventStore;
  /** Appends so many facts. */
  readonly write: (count: number, type?: string) => Promise<void>;
  /** Another machine: a folder of its own, on the same database and log; with `sealKey` in its environment. */
  readonly machine: (options?: { sealKey?: string }) => Promise<Machine>;
  readonly close: () => Promise<void>;
};

export type Machine = SealGround & { readonly folder: string };

export async function startSealing(): Promise<Sealing> {
  const database = await freshDatabase();
  const store = memoryEventStore();
  const folders: string[] = [];
  return {
    database,
    store,
    write: async (count, type = 'WalkInsCounted') => {
      await store.append(Array.from({ length: count }, () => someItem({ type })));
    },
    machine: async ({ sealKey } = {}) => {
      const folder = await mkdtemp(join(tmpdir(), 'seal-'));
      folders.push(folder);
      return machineIn(folder, { database, store }, sealKey);
    },
    close: async () => {
      await database.drop();
      for (const folder of folders) await rm(folder, { recursive: true });
    },
  };
}

/** A machine that starts on a folder that may hold something already. */
export function machineIn(
  folder: string,
  { database, store }: Pick<Sealing, 'database' | 'store'>,
  sealKey?: string,
): Machine {
  const outside = new OutsideCopies({ dataDir: folder });
  const key = new SealKey({ outside, sealKey: sealKey === undefined ? undefined : new Secret(sealKey) });
  return { db: database.db, store, outside, key, folder };
}

/** Seals until nothing is left. */
export async function sealAll(ground: SealGround): Promise<SealStep> {
  let step = await sealNext(ground);
  while (step.outcome === 'sealed' && !step.isAll) step = await sealNext(ground);
  return step;
}

/** The same log, as somebody made it who could change it. */
export const tampered = (
  store: EventStore,
  change: (events: readonly StoredEvent[]) => readonly StoredEvent[],
): Pick<EventStore, 'read' | 'readAt'> => {
  const all = async () => change(await store.read(0, 100_000));
  return {
    read: async (after, limit) => (await all()).filter(({ position }) => position > after).slice(0, limit),
    readAt: async (positions) => (await all()).filter(({ position }) => positions.includes(position)),
  };
};

/** How many facts the last checkpoint covers, which is signed, of the log's root, in the database too, leaf by leaf. */
export async function sealedSize(sealing: Sealing, { outside, key }: Machine): Promise<number> {
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

/** Why nothing was signed; the copies outside are as they were. */
export async function refusalOf(ground: Parameters<typeof sealNext>[0]): Promise<string> {
  const before = await ground.outside.latest();
  const error = await sealAll(ground).catch((thrown: unknown) => thrown);
  expect(await ground.outside.latest()).toBe(before);
  if (error instanceof SealRefused) return error.message;
  throw new Error('it was sealed', { cause: error });
}

/** Copies outside are on disk, and then the transaction is lost. */
export async function breakOffCommit(machine: Machine): Promise<void> {
  const keepCheckpoint = machine.outside.keepCheckpoint.bind(machine.outside);
  machine.outside.keepCheckpoint = async (note) => {
    await keepCheckpoint(note);
    throw new Error('killed');
  };
  await expect(sealNext(machine)).rejects.toThrow('killed');
  machine.outside.keepCheckpoint = keepCheckpoint;
}

/** Puts one log's sealed tree in another database, as whoever has that database can. */
export async function copyTree(from: Sealing, to: Sealing): Promise<void> {
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
