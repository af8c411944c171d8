import { z } from 'zod';
import { ConfigError, logLevel, perSecond, publicUrl, vaultKey } from '../config.ts';

/** The database, as Cloudflare hands it out: an address that is good inside this Worker only. */
type Hyperdrive = { readonly connectionString: string };

/** The files of the last build, by their names. */
export type AssetBinding = { fetch(address: string): Promise<Response> };

export type WorkerConfig = z.output<typeof Bindings>;

/**
 * Reads the Worker's bindings, variables and secrets.
 * @throws ConfigError with every mistake at once; it names bindings, never their values
 */
export function readBindings(bindings: object): WorkerConfig {
  const given = Object.fromEntries(Object.entries(bindings).filter(([, value]) => value !== '' && value !== undefined));
  const parsed = Bindings.safeParse(given);
  const mistakes = parsed.success ? [] : parsed.error.issues.map(mistakeOf);
  const asked = Object.entries(notOffered).flatMap(([name, why]) => (name in given ? [`${name}: ${why}`] : []));
  if (parsed.success && asked.length === 0) return parsed.data;
  throw new ConfigError([...mistakes, ...asked]);
}

const mistakeOf = ({ path, message }: z.core.$ZodIssue): string => `${path.join('.')}: ${message}`;

/** What the server on Node takes and this one would silently ignore. */
const notOffered: Readonly<Record<string, string>> = {
  DATA_DIR: 'there is no embedded database on Workers, and no folder; the database comes by the binding HYPERDRIVE',
  DATABASE_URL: 'on Workers the database comes by the binding HYPERDRIVE',
  DATABASE_OWNER_URL: 'no migration runs on Workers; give it to `npm run -s cli -- migrate`',
  TRUSTED_PROXIES: 'on Workers Cloudflare says who asks (CF-Connecting-IP)',
  PORT: 'a Worker has no port',
  HOST: 'a Worker has no host',
};

const isHyperdrive = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  'connectionString' in value &&
  typeof value.connectionString === 'string';

const isFetcher = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'fetch' in value && typeof value.fetch === 'function';

const Bindings = z
  .object({
    HYPERDRIVE: z.custom<Hyperdrive>(isHyperdrive, 'must be a Hyperdrive binding (wrangler.toml)'),
    ASSETS: z.custom<AssetBinding>(isFetcher, 'must be the binding of the static assets (wrangler.toml)'),
    VAULT_KEY: z
      .string('must be set, to the key that this database was begun with: wrangler secret put VAULT_KEY')
      .pipe(vaultKey),
    /** The address that visitors see, for links and Origin checks. */
    PUBLIC_URL: publicUrl.optional(),
    /** Requests a second, counted in each isolate. */
    LIMIT_PER_TOKEN: perSecond.default(100),
    LIMIT_PER_ADDRESS: perSecond.default(300),
    LOG_LEVEL: logLevel.default('info'),
    EVENT_STORE: z
      .literal('postgres', 'only PostgreSQL is offered on Workers: KurrentDB is reached from Node')
      .optional(),
  })
  .transform((bindings) => ({
    connectionString: () => bindings.HYPERDRIVE.connectionString,
    assets: bindings.ASSETS,
    vaultKey: bindings.VAULT_KEY,
    publicUrl: bindings.PUBLIC_URL,
    limitPerToken: bindings.LIMIT_PER_TOKEN,
    limitPerAddress: bindings.LIMIT_PER_ADDRESS,
    logLevel: bindings.LOG_LEVEL,
  }));
