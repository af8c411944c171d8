import { sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import { type Progress, type ProgressKeeper, type Turn, TurnLost } from './progress.ts';

/**
 * Progress in one row, which is a lease at once, as the projector's is: whoever takes it over raises the epoch, and by
 * that ends every older turn. Judged by the database's clock alone.
 * @param options.staleSeconds how long a holder may be silent before another node takes over
 */
export const postgresProgress = (
  db: Database,
  { holder, staleSeconds }: { readonly holder: string; readonly staleSeconds: number },
): ProgressKeeper => ({
  async take() {
    const row = await db
      .updateTable('reaction_progress')
      .set((is) => ({ holder, epoch: is('epoch', '+', 1), heartbeat_at: now }))
      .where((is) =>
        is.or([
          is('holder', 'is', null),
          is('heartbeat_at', '<', sql<Date>`clock_timestamp() - make_interval(secs => ${staleSeconds})`),
        ]),
      )
      .returning(['epoch', 'position', 'parked'])
      .executeTakeFirst();
    return row && turnOf(db, row.epoch, { position: row.position, parked: row.parked });
  },
});

const turnOf = (db: Database, epoch: number, progress: Progress): Turn => ({
  progress,
  async save({ position, parked }) {
    const { numUpdatedRows } = await db
      .updateTable('reaction_progress')
      .set({ position, parked: [...parked], heartbeat_at: now })
      .where('epoch', '=', epoch)
      .executeTakeFirst();
    if (numUpdatedRows !== 1n) throw new TurnLost();
  },
  async release() {
    await db.updateTable('reaction_progress').set({ holder: null }).where('epoch', '=', epoch).execute();
  },
});

const now = sql<Date>`clock_timestamp()`;
