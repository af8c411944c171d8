import type { Config } from '../config.ts';
import { openEmbedded } from './embedded.ts';
import type { Role } from './embedded/membership.ts';

/** `appUrl` reads and appends, `ownerUrl` migrates. `stop` after the last connection of ours is closed. */
export type OpenDatabase = {
  readonly appUrl: string;
  readonly ownerUrl: string;
  readonly embedded: boolean;
  readonly stop: () => Promise<void>;
};

/**
 * The database of the configuration: the server behind DATABASE_URL, or the embedded one below DATA_DIR.
 * @throws AlreadyServedError where `as` is 'server' and another server works on the same embedded data
 */
export const openDatabase = async (
  { dataDir, databaseUrl, databaseOwnerUrl }: Pick<Config, 'dataDir' | 'databaseUrl' | 'databaseOwnerUrl'>,
  options: { readonly as: Role; readonly onLost?: (error: unknown) => void },
): Promise<OpenDatabase> => {
  if (databaseUrl === undefined) {
    return { ...(await openEmbedded(dataDir, options.as, options.onLost ?? rethrow)), embedded: true };
  }
  const url = databaseUrl.reveal();
  return {
    appUrl: asAppRole(url),
    ownerUrl: databaseOwnerUrl?.reveal() ?? url,
    embedded: false,
    stop: async () => {},
  };
};

const rethrow = (error: unknown): void => {
  throw error;
};

/**
 * Sessions of any other login take on the application's role as they begin, so that not even an owner's may change
 * the log. A pooler that passes no start-up options (PgBouncer) needs a login that is named hoi_sach_app.
 */
const asAppRole = (url: string): string =>
  loginOf(url) === 'hoi_sach_app' ? url : `${url}${url.includes('?') ? '&' : '?'}options=-c%20role%3Dhoi_sach_app`;

/** The user name in a PostgreSQL address, whose host may be empty (a Unix socket named by `?host=`). */
export const loginOf = (url: string): string => decodeURIComponent(new URL(url.replace('@/', '@localhost/')).username);
