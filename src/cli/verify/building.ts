import { randomUUID } from 'node:crypto';
import type { Transaction } from 'kysely';
import type { Pool } from 'pg';
import type { GenerationTables } from '../../../projections/generations/tables.ts';
import { projections } from '../../../projections/index.ts';
import { Builder, type BuilderOptions } from '../../projector/builder.ts';
import { type ProjectorDatabase, projectorDatabase } from '../../projector/database.ts';
import { createBuilding, discardBuilding } from '../../projector/generation.ts';
import { prepare } from '../../projector/publish.ts';
import { Replay } from '../../projector/replay.ts';
import type { EventStore } from '../../store/event-store.ts';

export type CountingGround = {
  readonly pool: Pool;
  readonly store: Pick<EventStore, 'read' | 'readAt' | 'load' | 'head'>;
  readonly onProgress?: BuilderOptions['onProgress'];
};

/** Counts the log again in tables of its own, which nobody is shown and which are gone when `look` has ended. */
export async function withBuilding<Answer>(
  { pool, store, onProgress }: CountingGround,
  look: (db: ProjectorDatabase, builder: Builder) => Promise<Answer>,
): Promise<Answer> {
  const db = projectorDatabase(pool);
  const lease = await createBuilding(db, { projections, holder: randomUUID() });
  try {
    const replay = await Replay.open(db, { lease, position: 0, store, projections });
    const builder = new Builder({ db, store, ...(onProgress ? { onProgress } : {}) }, replay);
    await prepare(db, { lease, projections });
    return await look(db, builder);
  } finally {
    await discardBuilding(db, lease);
  }
}

/** Reads on one snapshot of the database, on which a generation stands still. */
export const onSnapshot = <Answer>(
  db: ProjectorDatabase,
  read: (transaction: Transaction<GenerationTables>) => Promise<Answer>,
): Promise<Answer> => db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute(read);
