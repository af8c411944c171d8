import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Database } from '../database/connect.ts';
import type { Keyring } from '../keys/keyring.ts';

/** The database holds what another master key has sealed. */
export class OtherMasterKeyError extends Error {
  override readonly name = 'OtherMasterKeyError';
}

/**
 * Makes sure that this server reads what the others wrote: the first one leaves a trace of its key, which gives nothing
 * of the key away.
 * @throws OtherMasterKeyError
 */
export async function checkMasterKey(database: Database, keyring: Keyring): Promise<void> {
  const value = createHmac('sha256', keyring.keyFor('check')).update('the master key of this database').digest();
  await database
    .insertInto('key_checks')
    .values({ value })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const first = await database.selectFrom('key_checks').select('value').executeTakeFirstOrThrow();
  if (first.value.length === value.length && timingSafeEqual(first.value, value)) return;
  throw new OtherMasterKeyError(
    'The contacts and pass keys in this database were sealed with another master key. Start with the VAULT_KEY, or the vault.key in DATA_DIR, that it was made with.',
  );
}
