import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Contact } from '../../src/contract/contact.ts';
import { keyringOf } from '../../src/keys/keyring.ts';
import { checkMasterKey, OtherMasterKeyError } from '../../src/vault/key-check.ts';
import { Vault } from '../../src/vault/vault.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';

const fair = '019a0000-0000-7000-8000-00000000fa17';
const reference = (last: number) => `019a0000-0000-7000-8000-${String(last).padStart(12, '0')}`;
const keyring = keyringOf(Buffer.alloc(32, 1));
const contact = Contact.parse({
  name: 'Nguyễn Thị Ánh Nguyệt',
  phone: '0912 345 678',
  consents: [{ purpose: 'application', version: '2026-01' }],
});

let database: FreshDatabase;
let vault: Vault;
beforeAll(async () => {
  database = await freshDatabase();
  vault = new Vault(database.db, keyring, () => 0);
});
afterAll(() => database.drop());

const entry = (last: number) => ({
  reference: reference(last),
  fair,
  kind: 'representative' as const,
  contact,
  awaitedIn: 'application',
});

const tableText = async (): Promise<string> => {
  const { rows } = await database.pool.query<{ row: string }>('select contacts::text as row from contacts');
  return rows.map(({ row }) => row).join('\n');
};

describe('an entry', () => {
  test('is read by its own fair only', async () => {
    expect(await vault.put(entry(1))).toBe('kept');
    expect(await vault.get(fair, reference(1))).toEqual(contact);
    expect(await vault.get(reference(99), reference(1))).toBeUndefined();
  });

  test('is the same when it is sent again, and is never replaced by another', async () => {
    expect(await vault.put(entry(2))).toBe('kept');
    expect(await vault.put(entry(2))).toBe('same');
    expect(await vault.put({ ...entry(2), contact: { ...contact, name: 'Ai đó khác' } })).toBe('different');
    expect(await vault.put({ ...entry(2), fair: reference(99) })).toBe('different');
    expect(await vault.get(fair, reference(2))).toEqual(contact);
  });

  test('is in the database under its own key, which is under the master key', async () => {
    await vault.put(entry(3));
    await vault.put(entry(4));
    const text = await tableText();
    for (const planted of [contact.name, contact.phone ?? '', Buffer.from(contact.name).toString('hex')])
      expect(text).not.toContain(planted);
    const rows = await database.db.selectFrom('contacts').select(['sealed_key']).execute();
    expect(new Set(rows.map((row) => row.sealed_key?.toString('hex'))).size).toBe(rows.length);
    await expect(
      new Vault(database.db, keyringOf(Buffer.alloc(32, 2)), () => 0).get(fair, reference(3)),
    ).rejects.toThrow(/authenticate/);
  });

  test("cannot be put in another's place", async () => {
    await vault.put(entry(5));
    await vault.put({ ...entry(6), contact: { ...contact, name: 'Trần Văn Bình' } });
    await database.pool.query(
      `update contacts set (sealed_key, sealed_contact) = (select sealed_key, sealed_contact from contacts where reference = $1) where reference = $2`,
      [reference(5), reference(6)],
    );
    await expect(vault.get(fair, reference(6))).rejects.toThrow(/authenticate/);
  });

  test('is gone once erased, key and all, and no repeat brings it back', async () => {
    await vault.put(entry(7));
    expect(await vault.erase(fair, reference(7))).toBe(true);
    expect(await vault.erase(fair, reference(7))).toBe(false);
    expect(await vault.put(entry(7))).toBe('erased');
    expect(await vault.get(fair, reference(7))).toBeUndefined();
    const row = await database.db
      .selectFrom('contacts')
      .selectAll()
      .where('reference', '=', reference(7))
      .executeTakeFirst();
    expect(row).toMatchObject({ sealed_key: null, sealed_contact: null });
  });

  test('leaves nothing when its command came to nothing', async () => {
    await vault.put(entry(8));
    await vault.takeBack(fair, reference(8));
    expect(await tableText()).not.toContain(reference(8));
  });
});

test('a server with another master key is refused before it writes', async () => {
  await checkMasterKey(database.db, keyring);
  await checkMasterKey(database.db, keyring);
  await expect(checkMasterKey(database.db, keyringOf(Buffer.alloc(32, 9)))).rejects.toThrow(OtherMasterKeyError);
});

describe('a phone number', () => {
  test.for([
    ['0912345678', '+84912345678'],
    ['0912 345 678', '+84912345678'],
    ['+84 91-234.56.78', '+84912345678'],
    ['84912345678', '+84912345678'],
    ['0084 357 654 321', '+84357654321'],
  ])('%s is %s', ([typed, kept]) => {
    expect(Contact.parse({ ...contact, phone: typed }).phone).toBe(kept);
  });

  test.for(['0212345678', '091234567', '09123456789', '+1 202 555 0123', 'chín một hai', ''])('%s is none', (typed) => {
    expect(Contact.safeParse({ ...contact, phone: typed }).success).toBe(false);
  });
});
