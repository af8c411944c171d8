import { type DestinationStream, type Logger, pino, stdSerializers } from 'pino';
import type { Config } from './config.ts';

export type Log = Logger;

/** Structured log lines (JSON) on standard output, without tokens, cookies, keys, passwords or contacts at any depth. */
export const createLog = (config: Pick<Config, 'logLevel'>, destination?: DestinationStream): Log =>
  pino(
    {
      level: config.logLevel,
      base: null,
      redact: { paths: FIELDS_OF_CHILDREN, censor: REDACTED },
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: {
        err: (error: unknown) => withoutSecrets(error instanceof Error ? stdSerializers.err(error) : error),
      },
      formatters: {
        level: (level) => ({ level }),
        log: (fields) => Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, redact(key, value)])),
      },
    },
    ...(destination === undefined ? [] : [destination]),
  );

const REDACTED = '[redacted]';

/** What a child logger is given passes by the formatter below, so its likely secrets are named to pino itself. */
const FIELDS_OF_CHILDREN = [
  'authorization',
  'cookie',
  'token',
  'secret',
  'password',
  'contact',
  'phone',
  'email',
].flatMap((name) => [name, `*.${name}`]);

const SECRET_FIELD =
  /authorization|cookie|secret|token|password|passphrase|credential|private.?key|vault.?key|short.?code|contact|phone|e-?mail|full.?name|representative|leader|tax.?code|citizen/i;

const redact = (key: string, value: unknown): unknown =>
  SECRET_FIELD.test(key) &&
  value !== undefined &&
  value !== null &&
  typeof value !== 'number' &&
  typeof value !== 'boolean'
    ? REDACTED
    : withoutSecrets(value);

const withoutSecrets = (value: unknown): unknown => {
  if (typeof value === 'string') return value.replaceAll(CREDENTIALS_IN_URL, `$1${REDACTED}@`);
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (value instanceof Error || value instanceof Date || typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, redact(key, field)]));
};

const CREDENTIALS_IN_URL = /([a-z][a-z0-9+.-]*:\/\/)[^\s/@]+@/gi;
