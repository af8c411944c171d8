import type pg from 'pg';
import { migrations } from '../database/migrations.ts';
import { NotSetUp } from './not-set-up.ts';

/**
 * Looks whether a database is one that this version can work with; it is never changed from here.
 * @throws NotSetUp with what to do about it
 */
export async function checkDatabase(pool: Pick<pg.Pool, 'query'>): Promise<void> {
  const { rows } = await pool.query<{ role: string; migrated: boolean }>(
    `select current_user::text as role, to_regclass('public.migrations') is not null as migrated`,
  );
  if (rows[0]?.migrated !== true) throw new NotSetUp(`The database was never migrated. ${howToMigrate}`);
  if (rows[0].role !== role) {
    throw new NotSetUp(
      `The Hyperdrive configuration must log in as ${role}, which may change no fact, not as another.`,
    );
  }
  await checkMigrations(pool);
  if ((await pool.query('select from kurrent_log where events > 0')).rowCount !== 0) {
    throw new NotSetUp('The log of this database is in KurrentDB, which is reached from Node only (EVENT_STORE).');
  }
  if (await isCached(pool)) {
    throw new NotSetUp(
      'Hyperdrive keeps answers of this database, so that what was just written is not seen. Turn it off: wrangler hyperdrive update ID --caching-disabled true',
    );
  }
}

const role = 'hoi_sach_app';
const howToMigrate = 'Run, with DATABASE_URL set to its owner and the same VAULT_KEY: npm run -s cli -- migrate';

async function checkMigrations(pool: Pick<pg.Pool, 'query'>): Promise<void> {
  const applied = (await pool.query<{ name: string }>('select name from migrations')).rows.map(({ name }) => name);
  const known = migrations.map(({ name }) => name);
  const newer = applied.filter((name) => !known.includes(name));
  if (newer.length > 0) {
    throw new NotSetUp(
      `The database was made by a newer version of Hội Sách (it holds ${newer.join(', ')}). Deploy that version instead.`,
    );
  }
  const pending = known.filter((name) => !applied.includes(name));
  if (pending.length > 0) throw new NotSetUp(`The database lacks ${pending.join(', ')}. ${howToMigrate}`);
}

/** Every transaction begins later than the one before, so the same moment twice is an answer from a cache. */
async function isCached(pool: Pick<pg.Pool, 'query'>): Promise<boolean> {
  const ask = async () => (await pool.query<{ began: string | null }>(latestBeginning)).rows[0]?.began;
  const first = await ask();
  // A login of another name may not see when it began, and then nothing is known.
  return typeof first === 'string' && first === (await ask());
}

const latestBeginning = `select max(xact_start)::text as began from pg_stat_activity where usename = 'hoi_sach_app'`;
