const REDACTED = '[redacted]';

const SECRET_FIELD =
  /authorization|cookie|secret|token|password|passphrase|credential|private.?key|vault.?key|short.?code|contact|phone|e-?mail|full.?name|representative|leader|tax.?code|citizen/i;

/** The value of a field of a log line, unless its name says that it is nobody's business. */
export const redact = (key: string, value: unknown): unknown =>
  value !== undefined &&
  value !== null &&
  typeof value !== 'number' &&
  typeof value !== 'boolean' &&
  SECRET_FIELD.test(key)
    ? REDACTED
    : withoutSecrets(value);

/** The same for whatever lies inside a value; errors and dates stay as they are. */
export const withoutSecrets = (value: unknown): unknown => {
  if (typeof value === 'string')
    return value.includes('://') ? value.replaceAll(CREDENTIALS_IN_URL, `$1${REDACTED}@`) : value;
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (value instanceof Error || value instanceof Date || typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, redact(key, field)]));
};

const CREDENTIALS_IN_URL = /([a-z][a-z0-9+.-]*:\/\/)[^\s/@]+@/gi;
