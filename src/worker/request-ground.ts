import type pg from 'pg';
import { connect, type Database } from '../database/connect.ts';
import { type FiguresDatabase, figuresDatabase } from '../figures/snapshot.ts';
import type { EventStore } from '../store/event-store.ts';
import { postgresEventStoreOn } from '../store/postgres/postgres-event-store.ts';
import type { Isolate } from './isolate.ts';
import { type Noted, notingStore } from './noting-store.ts';

/** What one request stands on, and takes with it when it ends. */
export type RequestGround = {
  readonly db: Database;
  readonly pool: pg.Pool;
  readonly projections: FiguresDatabase;
  readonly store: EventStore;
  /** What the request has appended so far. */
  readonly noted: Noted;
  readonly close: () => Promise<void>;
};

/** A request may hold six connections at once; one is left for the static assets. */
const poolSizeMax = 5;

/** Opens no connection before the first question. */
export function openRequestGround({ config }: Pick<Isolate, 'config'>): RequestGround {
  const about = { poolSizeMax, applicationName: 'hoi-sach worker' };
  const { db, pool, answering, close } = connect(config.connectionString(), about);
  const { store, noted } = notingStore(postgresEventStoreOn(pool, { patienceSeconds: 5 }));
  let closing: Promise<void> | undefined;
  return {
    db,
    pool,
    projections: figuresDatabase(answering),
    store,
    noted,
    close: () => (closing ??= store.close().then(close)),
  };
}
