import type { WorkerConfig } from './bindings.ts';
import type { Log } from '../log.ts';
import { redact, withoutSecrets } from '../redaction.ts';

const levels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

export type ConsoleLog = Pick<Log, 'info' | 'warn' | 'error'>;

/** The lines of `log.ts`, field by field, where there is no stream to write to: Workers keeps what its console is given. */
export function consoleLog(
  { logLevel }: Pick<WorkerConfig, 'logLevel'>,
  // oxlint-disable-next-line no-console -- The console is where the runtime collects log lines.
  write: (line: string) => void = console.log,
): ConsoleLog {
  const from = levels.indexOf(logLevel);
  const at = (level: (typeof levels)[number]) =>
    levels.indexOf(level) < from ? () => {} : (said: unknown, message?: string) => write(lineOf(level, said, message));
  return { info: at('info'), warn: at('warn'), error: at('error') };
}

function lineOf(level: string, said: unknown, message: string | undefined): string {
  const fields = typeof said === 'object' && said !== null ? Object.entries(said) : [];
  return JSON.stringify({
    level,
    time: new Date().toISOString(),
    ...Object.fromEntries(fields.map(([name, value]) => [name, name === 'err' ? errorOf(value) : redact(name, value)])),
    msg: withoutSecrets(typeof said === 'string' ? said : message),
  });
}

function errorOf(error: unknown): unknown {
  if (!(error instanceof Error)) return withoutSecrets(error);
  const { name: type, message, stack, cause } = error;
  const code = 'code' in error ? { code: error.code } : {};
  return withoutSecrets({ type, message, stack, ...code, ...(cause === undefined ? {} : { cause: errorOf(cause) }) });
}
