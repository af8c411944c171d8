import type { Kysely } from 'kysely';
import type { FairSettings } from '../../events/fair.ts';
import type { FairsTables } from './tables.ts';

/** A fair as its pages need it. */
export type FairNow = {
  readonly fair: string;
  readonly settings: FairSettings;
  /** The closing that made the figures final: its log position, and when it happened (ms). */
  readonly closing: { readonly position: number; readonly at: number } | null;
};

export async function fairNow(db: Kysely<FairsTables>, fair: string): Promise<FairNow | undefined> {
  const row = await selectFairs(db).where('fair', '=', fair).executeTakeFirst();
  return row && toFairNow(row);
}

/** All fairs, the latest day first. */
export async function allFairs(db: Kysely<FairsTables>, { limit }: { readonly limit: number }): Promise<FairNow[]> {
  const rows = await selectFairs(db).orderBy('last_day', 'desc').orderBy('fair').limit(limit).execute();
  return rows.map(toFairNow);
}

/** The ids of all fairs there are. */
export async function everyFair(db: Kysely<FairsTables>): Promise<string[]> {
  const rows = await db.selectFrom('fairs').select('fair').orderBy('fair').execute();
  return rows.map(({ fair }) => fair);
}

const selectFairs = (db: Kysely<FairsTables>) =>
  db.selectFrom('fairs').select(['fair', 'settings', 'closed_position', 'closed_at']);

const toFairNow = (row: {
  fair: string;
  settings: FairSettings;
  closed_position: number | null;
  closed_at: number | null;
}): FairNow => ({
  fair: row.fair,
  settings: row.settings,
  closing:
    row.closed_position === null || row.closed_at === null
      ? null
      : { position: row.closed_position, at: row.closed_at },
});
