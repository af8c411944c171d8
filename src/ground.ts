import type { Config } from './config.ts';
import { type Connection, connect } from './database/connect.ts';
import type { Role } from './database/embedded/membership.ts';
import { migrate } from './database/migrate.ts';
import { openDatabase } from './database/open.ts';
import { checkServer } from './database/server-version.ts';
import { type Keyring, keyringOf } from './keys/keyring.ts';
import { loadMasterKey } from './keys/master-key.ts';
import type { Log } from './log.ts';
import type { EventStore } from './store/event-store.ts';
import { openLog } from './open-log.ts';
import { checkMasterKey } from './vault/key-check.ts';

/** What servers and tools stand on: a migrated database, its log, and the key to what is sealed in it. */
export type Ground = AsyncDisposable &
  Pick<Connection, 'db' | 'pool' | 'answering'> & {
    /** The address of the application's role, for connections of one's own. */
    readonly url: string;
    readonly store: EventStore;
    readonly keyring: Keyring;
  };

type Options = {
  readonly as: Role;
  /** Milliseconds since 1970; the database's own clock unless told. */
  readonly clock?: () => number;
  /** Called when the database is gone for good. */
  readonly onLost?: (error: unknown) => void;
  /** Where it is told that a log elsewhere is away. */
  readonly log?: Pick<Log, 'warn'>;
};

/** The same without the key: for whoever verifies the log, and is not to read what is sealed away. */
export type LogGround = Omit<Ground, 'keyring'>;

type Opened<Open extends LogGround> = Open & {
  /** What PostgreSQL calls itself. */
  readonly server: string;
  readonly embedded: boolean;
  /** Names of the migrations that were applied just now. */
  readonly migrated: readonly string[];
};

export type OpenedGround = Opened<Ground>;

/**
 * Opens the database of the configuration and brings it up to date.
 * @throws AlreadyServedError, NoDatabaseError, OldPostgresError, NewerDatabaseError, OtherMasterKeyError, OtherLogError,
 *   each with what to do about it.
 */
export const openGround = (config: Config, options: Options): Promise<OpenedGround> =>
  openOver(config, options, openGroundAt);

/**
 * The same without the master key, which it neither reads nor makes.
 * @throws as `openGround`, but for OtherMasterKeyError
 */
export const openLogGround = (config: Config, options: Options): Promise<Opened<LogGround>> =>
  openOver(config, options, openLogAt);

async function openOver<Open extends LogGround>(
  config: Config,
  { as, onLost, ...options }: Options,
  openAt: (url: string, config: Config, options: Pick<Options, 'clock' | 'log'>) => Promise<Open>,
): Promise<Opened<Open>> {
  await using opening = new AsyncDisposableStack();
  const database = await openDatabase(config, onLost === undefined ? { as } : { as, onLost });
  opening.defer(database.stop);
  const server = await checkServer(database.ownerUrl);
  const migrated = await migrate(database.ownerUrl, database.appUrl);
  // The role that the program's sessions take on is there by now.
  if (!database.embedded) await checkServer(database.appUrl);
  const ground = opening.use(await openAt(database.appUrl, config, options));
  const held = opening.move();
  return { ...ground, server, embedded: database.embedded, migrated, [Symbol.asyncDispose]: () => held.disposeAsync() };
}

/**
 * Stands on a database that somebody else has opened and brought up to date, and keeps open.
 * @param url of the application's role
 * @throws OtherMasterKeyError, OtherLogError
 */
export async function openGroundAt(
  url: string,
  config: Pick<Config, 'vaultKey' | 'dataDir' | 'eventStore'>,
  options: Pick<Options, 'clock' | 'log'> = {},
): Promise<Ground> {
  await using opening = new AsyncDisposableStack();
  const ground = opening.use(await openLogAt(url, config, options));
  const keyring = keyringOf(await loadMasterKey(config));
  await checkMasterKey(ground.db, keyring);
  const held = opening.move();
  return { ...ground, keyring, [Symbol.asyncDispose]: () => held.disposeAsync() };
}

async function openLogAt(
  url: string,
  config: Pick<Config, 'eventStore'>,
  options: Pick<Options, 'clock' | 'log'>,
): Promise<LogGround> {
  await using opening = new AsyncDisposableStack();
  const { db, pool, answering, close } = connect(url);
  opening.defer(close);
  const store = await openLog({ eventStore: config.eventStore, url, db, ...options });
  opening.defer(() => store.close());
  const held = opening.move();
  return { db, pool, answering, url, store, [Symbol.asyncDispose]: () => held.disposeAsync() };
}

/** Which server it is, for whoever looks into the log later. */
export const logDatabase = (log: Pick<Log, 'info'>, { server, embedded, migrated }: OpenedGround): void =>
  log.info({ postgresql: server, embedded, migrated }, 'the database is open');
