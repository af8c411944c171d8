import { describe, expect, test } from 'vitest';
import { keyringOf } from '../../src/keys/keyring.ts';
import { seal, unseal } from '../../src/keys/sealed.ts';

const key = Buffer.alloc(32, 3);
const plain = Buffer.from('Nguyễn Thị Ánh');

describe('what is sealed', () => {
  test('opens with its key, as what it is about, and is another each time', () => {
    const [first, second] = [seal(key, plain, 'a'), seal(key, plain, 'a')];
    expect(unseal(key, first, 'a')).toEqual(plain);
    expect(first.equals(second)).toBe(false);
    expect(first.includes(plain)).toBe(false);
  });

  test('does not open with another key, as something else, or once a single bit is changed', () => {
    const sealed = seal(key, plain, 'a');
    expect(() => unseal(Buffer.alloc(32, 4), sealed, 'a')).toThrow(/authenticate/);
    expect(() => unseal(key, sealed, 'b')).toThrow(/authenticate/);
    for (const at of sealed.keys()) {
      const changed = Buffer.from(sealed);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(() => unseal(key, changed, 'a'), `byte ${at}`).toThrow(/authenticate/);
    }
    expect(() => unseal(key, sealed.subarray(0, 20), 'a')).toThrow(/authentication tag/);
  });
});

test('each purpose has a key of its own, the same every time', () => {
  const [one, same, other] = [keyringOf(key), keyringOf(key), keyringOf(plain)];
  const purposes = [
    'check',
    'contacts',
    'pass-keys',
    'links',
    'visitor-cookie',
    'short-codes',
    'poster-codes',
  ] as const;
  const keys = purposes.map((purpose) => one.keyFor(purpose).toString('hex'));
  expect(new Set(keys).size).toBe(purposes.length);
  expect(purposes.map((purpose) => same.keyFor(purpose).toString('hex'))).toEqual(keys);
  expect(purposes.some((purpose) => keys.includes(other.keyFor(purpose).toString('hex')))).toBe(false);
});
