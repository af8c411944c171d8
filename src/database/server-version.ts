import pg from 'pg';

/** The server behind DATABASE_URL is too old; the message says which one it is. */
export class OldPostgresError extends Error {
  override readonly name = 'OldPostgresError';
}

/** No session could be opened; the message says why, without the password. */
export class NoDatabaseError extends Error {
  override readonly name = 'NoDatabaseError';
}

const majorMin = 15;

/**
 * What the server calls itself, such as `15.18 (Debian 15.18-0+deb12u1)`.
 * @throws NoDatabaseError, OldPostgresError
 */
export async function checkServer(url: string): Promise<string> {
  const client = new pg.Client({ connectionString: url, application_name: 'hoi-sach start' });
  client.on('error', () => {});
  try {
    await client.connect();
  } catch (error) {
    throw new NoDatabaseError(`The database does not let us in: ${reasonOf(error)}`, { cause: error });
  }
  try {
    const { rows } = await client.query<{ version: string; number: string }>(
      `select current_setting('server_version') as version, current_setting('server_version_num') as number`,
    );
    const [{ version, number } = { version: 'unknown', number: '0' }] = rows;
    return checkVersion(version, Number(number));
  } finally {
    await client.end();
  }
}

/** @param number as PostgreSQL's `server_version_num`: 150018 is 15.18 */
export function checkVersion(version: string, number: number): string {
  if (number >= majorMin * 10_000) return version;
  throw new OldPostgresError(
    `The database is PostgreSQL ${version}; Hội Sách needs PostgreSQL ${majorMin} or later. ` +
      'Upgrade it, or start without DATABASE_URL to use the one that comes along.',
  );
}

/** Where a name stands for several addresses, each has failed for a reason of its own. */
const reasonOf = (error: unknown): string => {
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join('; ');
  return error instanceof Error ? error.message : String(error);
};
