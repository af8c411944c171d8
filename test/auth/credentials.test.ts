import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { NewCredential } from '../../src/auth/credential.ts';
import { Credentials } from '../../src/auth/credentials.ts';
import { newSecret } from '../../src/auth/secrets.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';

const fair = '019a0000-0000-7000-8000-00000000fa17';
const device = '019a0000-0000-7000-8000-000000000de1';
const minute = 60_000;

let database: FreshDatabase;
let now = Date.UTC(2026, 3, 21);
let credentials: Credentials;
/** Another node on the same database. */
let elsewhere: Credentials;

beforeAll(async () => {
  database = await freshDatabase();
  credentials = new Credentials(database.db, () => now);
  elsewhere = new Credentials(database.db, () => now);
});
afterAll(() => database.drop());

const issue = async (about: Partial<NewCredential> = {}): Promise<string> => {
  const secret = newSecret(about.kind ?? 'token');
  await credentials.issue({ kind: 'token', role: 'device', fair, subject: device, expiresAt: null, ...about, secret });
  return secret;
};

describe('a token', () => {
  test('stands for its holder on every node', async () => {
    const secret = await issue();
    expect(await elsewhere.ofBearer(secret)).toMatchObject({ actor: { role: 'device', id: device }, fair });
  });

  test('is nobody once it has expired', async () => {
    const secret = await issue({ expiresAt: now + minute });
    expect(await credentials.ofBearer(secret)).toBeDefined();
    now += minute;
    expect(await credentials.ofBearer(secret)).toBeUndefined();
  });

  test('is nobody on any node as soon as its holder is revoked', async () => {
    const secret = await issue({ subject: 'lost-phone' });
    expect(await elsewhere.ofBearer(secret)).toBeDefined();
    await credentials.revokeHolder({ fair, role: 'device', subject: 'lost-phone' });
    expect(await elsewhere.ofBearer(secret)).toBeUndefined();
  });

  test('stays good when somebody with the same reference is revoked in another fair', async () => {
    const secret = await issue({ subject: 'same' });
    await credentials.revokeHolder({ fair: '019a0000-0000-7000-8000-0000000000ff', role: 'device', subject: 'same' });
    expect(await credentials.ofBearer(secret)).toBeDefined();
  });

  test('is no session, and a session is no token', async () => {
    expect(await credentials.ofSession(await issue())).toBeUndefined();
    expect(await credentials.ofBearer(await issue({ kind: 'session' }))).toBeUndefined();
  });

  test('is kept as a hash only', async () => {
    const secret = await issue();
    const { rows } = await database.pool.query<{ row: string }>('select credentials::text as row from credentials');
    expect(rows.length).toBeGreaterThan(0);
    for (const { row } of rows) expect(row).not.toContain(secret);
  });

  test('unknown secrets are nobody, asked alone or among hundreds of good ones', async () => {
    const good = await issue();
    const asked = Array.from({ length: 300 }, (_, at) => (at % 3 === 0 ? newSecret('token') : good));
    const found = await Promise.all(asked.map((secret) => credentials.ofBearer(secret)));
    expect(found.map((one) => one !== undefined)).toEqual(asked.map((secret) => secret === good));
  });
});

test('a text that cannot be a secret is nobody without asking the database', async () => {
  const away = await freshDatabase();
  await away.drop();
  const unreachable = new Credentials(away.db, () => now);
  for (const text of ['', 'hst_guess', `hsx_${'a'.repeat(43)}`, `hst_${'a'.repeat(44)}`, `hst_${'a'.repeat(42)}.`]) {
    expect(await unreachable.ofBearer(text), text).toBeUndefined();
    expect(await unreachable.ofSession(text), text).toBeUndefined();
  }
  await expect(unreachable.ofBearer(newSecret('token'))).rejects.toThrow(/database|pool/);
});

describe('a one-time secret', () => {
  test('is good for exactly one of several who use it at once', async () => {
    const secret = await issue({ kind: 'sign-in', role: 'organiser', subject: 'account' });
    const nodes = [credentials, elsewhere, credentials, elsewhere];
    const used = await Promise.all(nodes.map((node) => node.consume(secret, 'sign-in')));
    expect(used.filter((one) => one !== undefined)).toMatchObject([{ actor: { role: 'organiser', id: 'account' } }]);
    expect(await credentials.consume(secret, 'sign-in')).toBeUndefined();
  });

  test('is of no use after its time, for another purpose, or as a token', async () => {
    const late = await issue({ kind: 'enrolment', expiresAt: now + 10 * minute });
    now += 10 * minute;
    expect(await credentials.consume(late, 'enrolment')).toBeUndefined();
    const other = await issue({ kind: 'enrolment' });
    expect(await credentials.consume(other, 'sign-in')).toBeUndefined();
    expect(await credentials.ofBearer(other)).toBeUndefined();
  });
});

test('what ended a month ago is forgotten, and what has a name is not', async () => {
  const session = await issue({ kind: 'session', expiresAt: now + minute });
  const token = await issue({ subject: 'long-lived' });
  const named = { kind: 'sign-in', role: 'viewer', fair, subject: 'guest', expiresAt: now + minute } as const;
  const secret = newSecret('sign-in');
  await credentials.issueNamed({ ...named, secret }, { name: 'token/1', digest: 'first' });
  await credentials.forgetOld();
  expect(await credentials.ofSession(session)).toBeDefined();

  now += 31 * 86_400_000;
  expect(await credentials.forgetOld()).toBeGreaterThan(0);
  expect(await credentials.forgetOld()).toBe(0);
  expect(await credentials.ofBearer(token)).toBeDefined();
  const again = await credentials.issueNamed(
    { ...named, secret, expiresAt: now + minute },
    { name: 'token/1', digest: 'first' },
  );
  expect(again).toEqual({ outcome: 'issued', expiresAt: now - 31 * 86_400_000 + minute });
  expect(await credentials.consume(secret, 'sign-in')).toBeUndefined();
});
