import pg from 'pg';

/** A way to append, in a database of its own that holds so many events already. */
export type Contestant = {
  readonly name: ContestantName;
  /** One event for a new stream; resolves when it is durable. */
  readonly append: () => Promise<void>;
  readonly close: () => Promise<void>;
};

export const contestantNames = ['ours', 'emmett', 'insert'] as const;
export type ContestantName = (typeof contestantNames)[number];

export type Database = { readonly appUrl: string; readonly ownerUrl: string; readonly connectionsMax: number };

/** For those who need a connection for each event in flight. */
export function openPool({ ownerUrl, connectionsMax }: Database): pg.Pool {
  const pool = new pg.Pool({ connectionString: ownerUrl, max: connectionsMax });
  // The server may stop before the last idle connection has closed.
  pool.on('error', () => {});
  return pool;
}

/** As the owner, one after the other. */
export async function execute(
  { ownerUrl }: Pick<Database, 'ownerUrl'>,
  ...statements: readonly string[]
): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
}
