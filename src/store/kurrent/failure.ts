import { type CommandError, ErrorType, isCommandError } from '@eventstore/db-client';

/** A call took longer than it may; whether it took effect is unknown. */
export class CallTimedOut extends Error {
  override readonly name = 'CallTimedOut';
}

/**
 * What a failed call says about trying again:
 * `away` – the server cannot be asked now; whether the call took effect is unknown,
 * `refused` – the server does not take it, now or later.
 */
export function failureKind(error: unknown): 'away' | 'refused' {
  if (error instanceof TypeError || error instanceof RangeError) return 'refused';
  return error instanceof Error && isCommandError(error) && refusals.has(error.type) ? 'refused' : 'away';
}

/** What a repetition cannot change. Whatever else a server or a network says may be different in a second. */
const refusals: ReadonlySet<CommandError['type']> = new Set([
  ErrorType.ACCESS_DENIED,
  ErrorType.INVALID_ARGUMENT,
  ErrorType.INVALID_TRANSACTION,
  ErrorType.MAXIMUM_APPEND_SIZE_EXCEEDED,
  ErrorType.MISSING_REQUIRED_METADATA_PROPERTY,
  ErrorType.STREAM_DELETED,
  ErrorType.UNSUPPORTED,
  ErrorType.WRONG_EXPECTED_VERSION,
]);
