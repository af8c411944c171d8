import type { Config } from './config.ts';
import type { Database } from './database/connect.ts';
import type { Log } from './log.ts';
import { type EventStore, StoreUnreachable } from './store/event-store.ts';
import { checkLogPlace } from './store/log-place.ts';
import { postgresEventStore } from './store/postgres/postgres-event-store.ts';

type Options = {
  readonly eventStore: Config['eventStore'];
  /** Address and connection of the database, as the application's role. */
  readonly url: string;
  readonly db: Database;
  readonly clock?: () => number;
  readonly log?: Pick<Log, 'warn'>;
};

/**
 * The log of the configuration: in the database itself, or in KurrentDB, whose client is loaded only then.
 * @throws OtherLogError, LogLost, and where KurrentDB cannot be reached
 */
export async function openLog({ eventStore, url, db, clock, log }: Options): Promise<EventStore> {
  await checkLogPlace(db, eventStore ? 'kurrentdb' : 'postgresql');
  const clocked = clock === undefined ? {} : { clock };
  if (!eventStore) return postgresEventStore(url, clocked);
  const { kurrentEventStore } = await import('./store/kurrent/kurrent-event-store.ts');
  const store = kurrentEventStore(eventStore.reveal(), { databaseUrl: url, log: log ?? silent, ...clocked });
  try {
    await store.head();
    return store;
  } catch (cause) {
    void store.close();
    if (!(cause instanceof StoreUnreachable)) throw cause;
    throw new Error('EVENT_STORE: KurrentDB does not answer there, or not to this login', { cause });
  }
}

const silent: Pick<Log, 'warn'> = { warn: () => {} };
