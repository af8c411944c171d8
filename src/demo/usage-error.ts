/** Whoever started the demo has to choose otherwise; the message says what. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
