import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';
import type { StoredEvent } from '../../events/envelope.ts';
import { Secret } from '../../src/config.ts';
import { OutsideCopies } from '../../src/seal/outside-copies.ts';
import { SealKey } from '../../src/seal/seal-key.ts';
import { sealNext, type SealGround, type SealStep } from '../../src/seal/seal-next.ts';
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
