import { sql } from 'kysely';
import { type Connection, connect } from './connect.ts';
import type { Migration } from './migration.ts';
import { loginOf } from './open.ts';
import { migrations } from './migrations.ts';

/** The database was migrated by a newer version of the program. */
export class NewerDatabaseError extends Error {
  override readonly name = 'NewerDatabaseError';
}

/**
 * Brings the schema up to date, as the owner, each migration in a transaction of its own.
 * Any number of nodes may call it at once: one migrates, the others wait and find nothing to do.
 * @returns the names of the migrations that this call applied
 * @throws NewerDatabaseError
 */
export const migrate = async (ownerUrl: string, appUrl: string): Promise<readonly string[]> => {
  const about = { poolSizeMax: 1, applicationName: 'hoi-sach migrate', answerSecondsMax: migrationSecondsMax };
  const connection = connect(ownerUrl, about);
  try {
    await sql`select pg_advisory_lock(${MIGRATION_LOCK})`.execute(connection.db);
    const pending = await pendingMigrations(connection);
    for (const { name, up } of pending) {
      await connection.db.transaction().execute(async (transaction) => {
        await up(transaction);
        await transaction.insertInto('migrations').values({ name }).execute();
      });
    }
    await grantDatabase(connection, appUrl);
    return pending.map(({ name }) => name);
  } finally {
    await connection.close();
  }
};

/** An index over a long log takes its time, and so does a node that migrates before us. */
const migrationSecondsMax = 86_400;

/** Any constant will do, as long as all nodes use the same. */
const MIGRATION_LOCK = 7_126_801;

const pendingMigrations = async ({ db }: Connection): Promise<readonly Migration[]> => {
  await sql`create table if not exists migrations (name text primary key, applied_at timestamptz not null default now())`.execute(
    db,
  );
  const applied = new Set((await db.selectFrom('migrations').select('name').execute()).map(({ name }) => name));
  const unknown = [...applied].filter((name) => !migrations.some((migration) => migration.name === name));
  if (unknown.length > 0) {
    throw new NewerDatabaseError(
      `The database was made by a newer version of Hội Sách (it holds ${unknown.join(', ')}). Start that version instead.`,
    );
  }
  return migrations.filter(({ name }) => !applied.has(name));
};

/**
 * Grants on the database itself travel neither with a dump nor with a template, so they are made at every start.
 * A login of another name is made a member of the role, which its sessions take on as they begin (open.ts).
 */
const grantDatabase = async ({ db }: Connection, appUrl: string): Promise<void> => {
  const login = loginOf(appUrl);
  const grants = sql<{ statement: string }>`
    select format('grant connect, create, temporary on database %I to hoi_sach_app', current_database()) as statement
    union all
    select format('grant hoi_sach_app to %I', rolname) from pg_roles
    where rolname = ${login} and rolname <> 'hoi_sach_app' and not case
      when current_setting('server_version_num')::int < 160000 then pg_has_role(oid, 'hoi_sach_app', 'member')
      else pg_has_role(oid, 'hoi_sach_app', 'set') end`;
  for (const { statement } of (await grants.execute(db)).rows) await sql.raw(statement).execute(db);
};
