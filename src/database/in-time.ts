import type { PostgresCursor, PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely';
import type pg from 'pg';

/** The database takes a statement and does not answer it; whether it took effect is unknown. */
export class DatabaseSilent extends Error {
  override readonly name = 'DatabaseSilent';
  /** SQLSTATE: connection failure, as everybody reads it who asks whether the database is away. */
  readonly code = '08006';

  constructor(secondsMax: number) {
    super(`the database did not answer a statement within ${secondsMax} s`);
  }
}

/**
 * The same pool, for statements that are answered within so many seconds or never. One that is not is given up, and its
 * connection with it: the next one takes another, which may lead to a server that answers.
 * @throws DatabaseSilent from the statement, and from all that follow in its transaction
 */
export function inTime(pool: pg.Pool, secondsMax: number): PostgresPool {
  const timed = new WeakMap<pg.PoolClient, TimedClient>();
  return {
    options: pool.options,
    connect: async () => {
      const client = await pool.connect();
      const known = timed.get(client) ?? new TimedClient(client, secondsMax);
      timed.set(client, known);
      return known;
    },
    end: () => pool.end(),
  };
}

class TimedClient implements PostgresPoolClient {
  readonly #client: pg.PoolClient;
  readonly #secondsMax: number;
  #silent: DatabaseSilent | undefined;

  constructor(client: pg.PoolClient, secondsMax: number) {
    this.#client = client;
    this.#secondsMax = secondsMax;
  }

  query<Row>(statement: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<Row>>;
  query<Row>(cursor: PostgresCursor<Row>): PostgresCursor<Row>;
  query(asked: unknown, parameters: readonly unknown[] = []): unknown {
    if (typeof asked !== 'string') throw new TypeError('no cursor is asked for here');
    return this.#ask(asked, parameters);
  }

  /** Kysely gives back what it has asked, and whether it has found it broken. */
  release(isBroken = false): void {
    this.#client.release(isBroken || this.#silent !== undefined);
  }

  async #ask(statement: string, parameters: readonly unknown[]): Promise<unknown> {
    if (this.#silent) throw this.#silent;
    const { promise: silence, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(
      () => reject((this.#silent = new DatabaseSilent(this.#secondsMax))),
      this.#secondsMax * 1000,
    );
    const answer = this.#client.query(statement, [...parameters]);
    try {
      return await Promise.race([answer, silence]);
    } catch (error) {
      // What the statement comes to after all, when its connection is closed, interests nobody any more.
      if (error instanceof DatabaseSilent) answer.catch(() => {});
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }
}
