import pg, { type QueryArrayConfig, type QueryArrayResult } from 'pg';
import { types } from '../../database/connect.ts';
import { failureKind } from './failure.ts';

/**
 * One connection that takes the next statement while the one before is still being worked on, so that the server never
 * waits for us. It is opened by the first statement, and again by the first one after it broke.
 */
export class Pipeline {
  readonly #config: pg.ClientConfig;
  #client: Promise<pg.Client> | undefined;

  constructor(url: string, { applicationName, timeoutSeconds }: { applicationName: string; timeoutSeconds: number }) {
    this.#config = {
      connectionString: url,
      application_name: applicationName,
      types,
      pipeline: true,
      keepAlive: true,
      connectionTimeoutMillis: timeoutSeconds * 1000,
      query_timeout: timeoutSeconds * 1000,
    };
  }

  async query<Row extends unknown[]>(statement: QueryArrayConfig): Promise<QueryArrayResult<Row>> {
    const opened = (this.#client ??= this.#open());
    try {
      return await (await opened).query<Row>(statement);
    } catch (error) {
      if (failureKind(error) === 'away') this.#forget(opened);
      throw error;
    }
  }

  async close(): Promise<void> {
    const opened = this.#client;
    this.#client = undefined;
    await opened?.then((client) => client.end(), ignore);
  }

  async #open(): Promise<pg.Client> {
    const client = new pg.Client(this.#config);
    // The statements in flight are rejected by themselves; without a listener the event would end the process.
    client.on('error', ignore);
    await client.connect();
    return client;
  }

  #forget(broken: Promise<pg.Client>): void {
    if (this.#client !== broken) return;
    this.#client = undefined;
    broken.then((client) => client.end(), ignore).catch(ignore);
  }
}

const ignore = (): void => {};
