import {
  type Bindings,
  type ChildLoggerOptions,
  type DestinationStream,
  type Logger,
  pino,
  stdSerializers,
} from 'pino';
import type { Config } from './config.ts';
import { redact, withoutSecrets } from './redaction.ts';

export type Log = Logger;

/** Structured log lines (JSON) on standard output, without tokens, cookies, keys, passwords or contacts at any depth. */
export function createLog(config: Pick<Config, 'logLevel'>, destination = onceATurn(pino.destination(1))): Log {
  const log = pino(
    {
      level: config.logLevel,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: {
        err: (error: unknown) => withoutSecrets(error instanceof Error ? stdSerializers.err(error) : error),
      },
      formatters: { level: (level) => ({ level }), log: redacted },
    },
    destination,
  );
  // oxlint-disable-next-line typescript/unbound-method -- It is bound where it is applied.
  const { child } = log;
  // The formatter above sees what a line is given, and not what a child logger is.
  return Object.assign(log, {
    child(this: Log, bindings: Bindings, options?: ChildLoggerOptions): Log {
      const made: Log = Reflect.apply(child, this, [redacted(bindings), options]);
      return made;
    },
  });
}

function redacted(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const safe: Record<string, unknown> = {};
  for (const name of Object.keys(fields)) safe[name] = redact(name, fields[name]);
  return safe;
}

/** What a pipe takes in one piece (PIPE_BUF), so that the lines of several nodes do not get into each other. */
const pieceBytesMax = 4096;

/** Writes the lines of one turn of the event loop together: under load that is many requests' lines. */
function onceATurn(destination: DestinationStream): DestinationStream {
  let lines = '';
  let bytes = 0;
  const flush = () => {
    if (lines !== '') destination.write(lines);
    lines = '';
    bytes = 0;
  };
  process.on('exit', flush);
  return {
    write(line) {
      const more = Buffer.byteLength(line);
      if (bytes + more > pieceBytesMax) flush();
      if (lines === '') setImmediate(flush);
      lines += line;
      bytes += more;
    },
  };
}
