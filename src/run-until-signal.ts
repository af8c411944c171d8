type Running = { readonly close: () => Promise<void> };

/** A line for whoever started the process. */
export const tell = (line: string): void => void process.stdout.write(`${line}\n`);

/**
 * Runs something until the process is told to end, and ends it in good order; told twice, at once.
 * @param start is given what to call when it can go on no longer
 */
export async function runUntilSignal(start: (fail: (error: unknown) => void) => Promise<Running>): Promise<void> {
  const running = start(endWith).catch(endWith);
  let isEnding = false;
  const end = (): void => {
    if (isEnding) process.exit(1);
    isEnding = true;
    running.then((started) => started.close()).then(() => process.exit(0), endWith);
  };
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
  await running;
}

/** Errors that say themselves what to do; their stack would only hide it. */
const plain = new Set([
  'ConfigError',
  'AlreadyServedError',
  'NewerDatabaseError',
  'OtherMasterKeyError',
  'UsageError',
  'FiguresDiffer',
  'NodeFailedError',
  'NoDatabaseError',
  'OldPostgresError',
  'CouldNotLook',
]);

/** What scripts tell apart; everything else ends with 1. */
const exitCodes = new Map([
  ['UsageError', 2],
  ['ConfigError', 2],
  ['CouldNotLook', 3],
]);

export function endWith(error: unknown): never {
  process.stderr.write(`${sentenceOf(error)}\n`);
  process.exit((error instanceof Error && exitCodes.get(error.name)) || 1);
}

/** What an operator has to know of an error. */
export function sentenceOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if ('code' in error && error.code === 'EADDRINUSE') return `${error.message}. Set PORT to another one.`;
  return plain.has(error.name) ? error.message : (error.stack ?? error.message);
}
