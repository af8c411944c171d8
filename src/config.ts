import { inspect } from 'node:util';
import { resolve } from 'node:path';
import { z } from 'zod';

/** A value that prints as `[secret]` wherever it is printed, serialised or logged by accident. */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return '[secret]';
  }

  toJSON(): string {
    return '[secret]';
  }

  [inspect.custom](): string {
    return '[secret]';
  }
}

/** Every mistake of the configuration at once, a line each. Names the variables, never their values. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly mistakes: readonly string[];

  constructor(mistakes: readonly string[]) {
    super(['The configuration has mistakes:', ...mistakes.map((mistake) => `  ${mistake}`)].join('\n'));
    this.mistakes = mistakes;
  }
}

export type Config = z.output<typeof Environment>;

/**
 * Reads the configuration from environment variables, once, at start.
 * @throws ConfigError
 */
export const readConfig = (environment: Readonly<Record<string, string | undefined>>): Config => {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = Environment.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new ConfigError(
    parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'environment'}: ${message}`),
  );
};

const postgresUrl = z
  .string()
  .regex(/^postgres(ql)?:\/\//, 'must be a PostgreSQL address: postgres://user:password@host:5432/database')
  .refine(
    (value) => URL.canParse(value.replace('@/', '@localhost/')),
    'is no valid address (special characters in a password are percent-encoded)',
  )
  .transform((value) => new Secret(value));

export const publicUrl = z
  .url({ protocol: /^https?$/, error: 'must be an address that begins with https:// or http://' })
  .transform((value) => value.replace(/\/+$/, ''));

export const vaultKey = z
  .string()
  .regex(/^[0-9a-f]{64}$/i, 'must be 32 bytes in hexadecimal, 64 digits (openssl rand -hex 32)')
  .transform((value) => new Secret(value));

const sealKey = z
  .string()
  .regex(
    /^PRIVATE\+KEY\+[^\s+]+\+[0-9a-f]{8}\+[A-Za-z0-9+/]+=*$/,
    'must be a signing key as DATA_DIR/seal/key holds it',
  )
  .transform((value) => new Secret(value));

/** What the client would not understand it prints, password and all, so it is looked at here. */
const kurrentUrl =
  /^esdb(\+discover)?:\/\/([^\s:/@]+:[^\s:/@]+@)?[\w.-]+(:\d+)?(,[\w.-]+(:\d+)?)*\/?(\?OPTION(&OPTION)*)?$/.source;
const kurrentOption =
  '(tls=(true|false)|(tlsCAFile|userCertFile|userKeyFile|connectionName)=[^\\s&?]+' +
  '|nodePreference=(leader|follower|random|readOnlyReplica)' +
  '|(keepAliveInterval|keepAliveTimeout|gossipTimeout|discoveryInterval|maxDiscoverAttempts)=\\d+)';

const eventStore = z
  .string()
  .regex(
    new RegExp(`^postgres$|${kurrentUrl.replaceAll('OPTION', kurrentOption)}`),
    'must be the address of a KurrentDB, esdb://user:password@host:2113 (docs/kurrentdb.md), or postgres for the database',
  )
  .transform((value) => (value === 'postgres' ? undefined : new Secret(value)));

const proxies = z
  .string()
  .transform((list) => list.split(',').map((proxy) => proxy.trim()))
  .pipe(
    z.array(
      z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()], 'must be addresses or networks: 10.0.0.0/8, 192.168.1.2'),
    ),
  );

export const perSecond = z.coerce
  .number('must be a number of requests a second')
  .pipe(z.number().min(1).max(1_000_000));

export const logLevel = z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']);

const Environment = z
  .object({
    /** TCP port; 0 takes a free one. */
    PORT: z.coerce.number('must be a whole number').pipe(z.int().min(0).max(65_535)).default(3000),
    /** The default is this machine only; 0.0.0.0 serves the network. */
    HOST: z.string().trim().min(1).default('127.0.0.1'),
    /** Folder of the embedded database, keys and checkpoints. */
    DATA_DIR: z
      .string()
      .default('.data')
      .transform((folder) => resolve(folder)),
    /** Replaces the embedded database. */
    DATABASE_URL: postgresUrl.optional(),
    /** Runs the migrations where DATABASE_URL's user may not. */
    DATABASE_OWNER_URL: postgresUrl.optional(),
    /** Where the log is; the database unless told. */
    EVENT_STORE: eventStore.optional(),
    /** The address that visitors see, for links and Origin checks behind a proxy. */
    PUBLIC_URL: publicUrl.optional(),
    /** Proxies that are believed about whom they ask for, beside those on this machine. */
    TRUSTED_PROXIES: proxies.optional(),
    VAULT_KEY: vaultKey.optional(),
    /** Signs checkpoints of the log; without it a file below DATA_DIR does. */
    SEAL_KEY: sealKey.optional(),
    /** Requests a second that a token or session may go on asking with, on each machine; 30 times that at once. */
    LIMIT_PER_TOKEN: perSecond.default(100),
    /** The same for an address without one, which a phone network may share among thousands; 20 times that at once. */
    LIMIT_PER_ADDRESS: perSecond.default(300),
    LOG_LEVEL: logLevel.default('info'),
  })
  .refine((config) => config.DATABASE_OWNER_URL === undefined || config.DATABASE_URL !== undefined, {
    path: ['DATABASE_OWNER_URL'],
    message: 'is set without DATABASE_URL',
  })
  .transform((config) => ({
    port: config.PORT,
    host: config.HOST,
    dataDir: config.DATA_DIR,
    databaseUrl: config.DATABASE_URL,
    databaseOwnerUrl: config.DATABASE_OWNER_URL,
    eventStore: config.EVENT_STORE,
    publicUrl: config.PUBLIC_URL,
    trustedProxies: config.TRUSTED_PROXIES ?? [],
    vaultKey: config.VAULT_KEY,
    sealKey: config.SEAL_KEY,
    limitPerToken: config.LIMIT_PER_TOKEN,
    limitPerAddress: config.LIMIT_PER_ADDRESS,
    logLevel: config.LOG_LEVEL,
  }));
