import canonicalize from 'canonicalize';

/**
 * The RFC 8785 text of a JSON value. Its numbers and strings are those of ECMAScript, so where every key can be kept in
 * its place, a copy with its keys in order is written by `JSON.stringify`, in half the time of the library; that one
 * writes all the rest, and refuses what is no JSON.
 * @throws Error for a number that is not finite, and for half a surrogate pair
 */
export function canonicalJson(value: object): string {
  const copy = inOrder(value);
  const text = copy === undefined ? canonicalize(value) : JSON.stringify(copy);
  if (text === undefined) throw new TypeError('this has no form in JSON');
  return text;
}

/** @returns undefined where an object in it would not keep its keys in order, or anything in it is not plain data */
function inOrder(value: unknown): unknown {
  if (typeof value === 'string') return value.isWellFormed() ? value : undefined;
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value === 'boolean' || value === null) return value;
  if (Array.isArray(value)) return listInOrder(value);
  return isPlain(value) ? recordInOrder(value) : undefined;
}

function listInOrder(list: readonly unknown[]): readonly unknown[] | undefined {
  const copy: unknown[] = [];
  for (const item of list) {
    const ordered = inOrder(item);
    if (ordered === undefined) return undefined;
    copy.push(ordered);
  }
  return copy;
}

function recordInOrder(record: Plain): Plain | undefined {
  const copy: Record<string, unknown> = {};
  for (const key of Object.keys(record).sort()) {
    const member = record[key];
    if (member === undefined) continue;
    const ordered = inOrder(member);
    if (ordered === undefined || !keepsItsPlace(key)) return undefined;
    copy[key] = ordered;
  }
  return copy;
}

type Plain = Readonly<Record<string, unknown>>;

const isPlain = (value: unknown): value is Plain =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;

/** Objects put whole numbers before all other keys, and `__proto__` is no key at all. */
const keepsItsPlace = (key: string): boolean => !(key >= '0' && key < ':') && key !== '__proto__';
