import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { apply } from '../../src/commands/apply.ts';
import { takeBackUnreferred } from '../../src/commands/unreferred-contacts.ts';
import { Contact } from '../../src/contract/contact.ts';
import { keyringOf } from '../../src/keys/keyring.ts';
import { type EventStore, StoreClosed, StoreFull, StoreUnreachable } from '../../src/store/event-store.ts';
import { Vault } from '../../src/vault/vault.ts';
import { form } from '../support/application-facts.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { idOf, minute } from '../support/facts.ts';
import { type FairLog, fairLog, recorded } from '../support/fair-log.ts';

const applicant = { role: 'public', id: 'public' } as const;
const contact = Contact.parse({
  name: 'Nguyễn Thị Ánh Nguyệt',
  phone: '0912 345 678',
  consents: [{ purpose: 'application', version: '2026-01' }],
});
const submission = { application: idOf(0xe9), as: 'submitted', form, contact } as const;
const day = 24 * 60 * minute;

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());

let log: FairLog;
let vault: Vault;
beforeEach(async () => {
  await database.db.deleteFrom('contacts').execute();
  log = await fairLog();
  vault = new Vault(database.db, keyringOf(Buffer.alloc(32, 1)), () => log.clock.now);
});

/** A store that fails like this, before or after it has written. */
function failing(error: Error, written: 'nothing' | 'all'): EventStore {
  const { store } = log;
  return {
    append: async (items) => {
      if (written === 'all') await store.append(items);
      throw error;
    },
    load: (requests) => store.load(requests),
    read: (after, limit) => store.read(after, limit),
    follow: (after, limit) => store.follow(after, limit),
    readAt: (positions) => store.readAt(positions),
    head: () => store.head(),
    onAppend: (listener) => store.onAppend(listener),
    close: () => store.close(),
  };
}
const applyWith = (store: EventStore) => apply({ ...log, store, vault }, log.as(applicant), submission);

const kept = async (): Promise<number> => {
  const rows = await database.db.selectFrom('contacts').select('reference').execute();
  return rows.length;
};
const sweep = () => takeBackUnreferred({ store: log.store, vault });

test.each([
  ['had no room for', new StoreFull(1)],
  ['was closed to', new StoreClosed()],
  ['could not hold', new RangeError('too large')],
])('a contact does not stay for a command that the store %s', async (_, error) => {
  for (const time of [1, 2]) {
    await expect(applyWith(failing(error, 'nothing')), `time ${time}`).rejects.toThrow(error);
    expect(await kept()).toBe(0);
  }
});

test('a contact whose command may have been written stays a day; then only where it was', async () => {
  const away = new StoreUnreachable(1, undefined);
  await expect(applyWith(failing(away, 'nothing'))).rejects.toThrow(away);
  log.clock.now += day;
  expect(await sweep()).toBe(0);
  expect(await kept()).toBe(1);
  log.clock.now += 1;
  expect(await sweep()).toBe(1);
  expect(await kept()).toBe(0);

  await expect(applyWith(failing(away, 'all'))).rejects.toThrow(away);
  log.clock.now += day + 1;
  expect(await sweep()).toBe(0);
  expect(await kept()).toBe(1);
  expect(await vault.awaited(0)).toEqual([]);
});

test('a contact that is sent once more waits for another day', async () => {
  const away = new StoreUnreachable(1, undefined);
  await expect(applyWith(failing(away, 'nothing'))).rejects.toThrow(away);
  log.clock.now += day;
  await expect(applyWith(failing(away, 'nothing'))).rejects.toThrow(away);
  log.clock.now += 1;
  expect(await sweep()).toBe(0);
  recorded(await applyWith(log.store));
  log.clock.now += day;
  expect(await sweep()).toBe(0);
  expect(await kept()).toBe(1);
});
