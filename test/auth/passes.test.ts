import { createPublicKey, verify } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PassKeys } from '../../src/auth/pass-keys.ts';
import { ShortCodes } from '../../src/auth/short-codes.ts';
import { VisitorCookies } from '../../src/auth/visitor-cookie.ts';
import type { PassClaims } from '../../src/domain/pass-token.ts';
import { readShortCode } from '../../src/domain/short-code.ts';
import { keyringOf } from '../../src/keys/keyring.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';

const fair = '019a0000-0000-7000-8000-00000000fa17';
const otherFair = '019a0000-0000-7000-8000-00000000fa18';
const keyring = keyringOf(Buffer.alloc(32, 7));

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());

describe('the key of a fair', () => {
  test('is the same for all who ask at once, and signs what its public half verifies', async () => {
    const nodes = [1, 2, 3, 4].map(() => new PassKeys(database.db, keyring));
    const keys = await Promise.all(nodes.map((node) => node.publicKeyOf(fair)));
    expect(new Set(keys).size).toBe(1);
    const [x = ''] = keys;
    const claims = Buffer.from('claims of a pass');
    const publicKey = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
    for (const node of nodes) expect(verify(null, claims, publicKey, await node.sign(fair, claims))).toBe(true);
  });

  test('tells its own signatures for whoever names its public half, and for no other', async () => {
    const keys = new PassKeys(database.db, keyring);
    const passKey = await keys.publicKeyOf(fair);
    const otherKey = await keys.publicKeyOf(otherFair);
    const claims = Buffer.from('claims of a pass');
    const isOwn = await new PassKeys(database.db, keyring).ownSignaturesOf(fair, passKey);
    expect(isOwn?.(claims, await keys.sign(fair, claims))).toBe(true);
    expect(isOwn?.(claims, await keys.sign(otherFair, claims))).toBe(false);
    expect(await keys.ownSignaturesOf(fair, otherKey)).toBeUndefined();
    expect(await keys.ownSignaturesOf('019a0000-0000-7000-8000-00000000fa19', passKey)).toBeUndefined();
  });

  test('differs between fairs, and cannot be used under another master key', async () => {
    const keys = new PassKeys(database.db, keyring);
    expect(await keys.publicKeyOf(otherFair)).not.toBe(await keys.publicKeyOf(fair));
    const thief = new PassKeys(database.db, keyringOf(Buffer.alloc(32, 8)));
    await expect(thief.sign(fair, Buffer.from('x'))).rejects.toThrow(/authenticate/);
  });
});

describe('a short code', () => {
  const claims = (last: number): PassClaims => ({
    fair,
    pass: `019a0000-0000-7000-8000-${String(last).padStart(12, '0')}`,
    source: 'pass',
    category: 'family',
    partySize: 4,
    validFrom: null,
    validUntil: 1_800_000_000_000,
  });

  test('is the same whenever it is asked for, can be typed, and leads back to its pass', async () => {
    const codes = new ShortCodes(database.db, keyring);
    const code = await codes.codeOf(claims(1));
    expect(await codes.codeOf(claims(1))).toBe(code);
    expect(readShortCode(code.toLowerCase())).toBe(code);
    expect(await codes.resolve(fair, code)).toEqual(claims(1));
    expect(await codes.resolve(otherFair, code)).toBeUndefined();
  });

  test('of many passes at once is each one’s own, for all who ask for them at once', async () => {
    const codes = new ShortCodes(database.db, keyring);
    const passes = Array.from({ length: 500 }, (_, at) => claims(1000 + at));
    const answers = await Promise.all([1, 2, 3].map(() => codes.codesOf(fair, passes)));
    expect(answers).toEqual([answers[0], answers[0], answers[0]]);
    expect(new Set(answers[0]).size).toBe(500);
    expect(await codes.resolve(fair, answers[0]?.[499] ?? '')).toEqual(claims(1499));
    expect(await codes.codesOf(fair, [])).toEqual([]);
  });

  test('that another pass has already is another one', async () => {
    const codes = new ShortCodes(database.db, keyring);
    const wanted = await codes.codeOf(claims(5000));
    const { rows } = await database.pool.query<{ code_hash: Buffer }>(
      'delete from short_codes where pass = $1 returning code_hash',
      [claims(5000).pass],
    );
    const taken = [fair, rows[0]?.code_hash, claims(5001).pass];
    await database.pool.query(`insert into short_codes values ($1, $2, $3, '{}')`, taken);
    const other = await codes.codeOf(claims(5000));
    expect(other).not.toBe(wanted);
    expect(await codes.resolve(fair, other)).toEqual(claims(5000));
  });

  test('is unique in its fair, and not in the database', async () => {
    const codes = new ShortCodes(database.db, keyring);
    const all = await Promise.all(Array.from({ length: 200 }, (_, at) => codes.codeOf(claims(100 + at))));
    expect(new Set(all).size).toBe(200);
    const { rows } = await database.pool.query<{ row: string }>('select short_codes::text as row from short_codes');
    for (const { row } of rows) for (const code of all) expect(row).not.toContain(code);
  });
});

describe("a visitor's cookie", () => {
  const cookies = new VisitorCookies(keyring);

  test('says what it was given, to its own fair only', () => {
    const cookie = cookies.seal(fair, 'thẻ của khách');
    expect(cookies.open(fair, cookie)).toBe('thẻ của khách');
    expect(cookies.open(otherFair, cookie)).toBeUndefined();
  });

  test('says nothing once a character is changed, or when it is made up', () => {
    const cookie = cookies.seal(fair, 'pass');
    for (const at of cookie.split('').keys()) {
      if (cookie[at] === '.') continue;
      const changed = `${cookie.slice(0, at)}${cookie[at] === 'A' ? 'B' : 'A'}${cookie.slice(at + 1)}`;
      expect([undefined, 'pass']).toContain(cookies.open(fair, changed));
    }
    for (const madeUp of ['', '.', 'cGFzcw', 'cGFzcw.', 'cGFzcw.AAAA', '.AAAA'])
      expect(cookies.open(fair, madeUp)).toBeUndefined();
  });
});
