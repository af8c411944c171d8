import { type DestinationStream, type Logger, pino, stdSerializers } from 'pino';
import type { Config } from './config.ts';
import { REDACTED, redact, withoutSecrets } from './redaction.ts';

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
