import type { Kysely } from 'kysely';
import type { Tables } from '../database/tables.ts';
import type { NoteSigner } from './note-keys.ts';
import type { OutsideCopies } from './outside-copies.ts';
import { followFirst, followHandovers, type PublishedKey } from './published-keys.ts';
import type { SealKey } from './seal-key.ts';
import { SealRefused } from './seal-refused.ts';
import { keepKeys, storedKeys } from './stored-tree.ts';

export type AgreedKeys = {
  readonly signer: NoteSigner;
  /** The oldest first; the last one is the signer's. */
  readonly keys: readonly PublishedKey[];
};

/**
 * The key that may sign now, and those before it, the same outside and in the database. A machine that was away follows
 * from key to key; one that never sealed takes what the database says, as far as the last key is its own.
 * @throws SealRefused where another key than ours is the log's
 */
export async function agreedKeys(
  db: Kysely<Tables>,
  { outside, key }: { readonly outside: OutsideCopies; readonly key: SealKey },
): Promise<AgreedKeys> {
  const signer = await key.signer();
  const [kept, stored] = [await outside.keys(), await storedKeys(db)];
  const keys = kept.length > 0 ? followHandovers(kept, stored) : beginning(signer, stored);
  if (keys.at(-1)?.verifier !== signer.verifierKey)
    throw new SealRefused(
      `this log is sealed under the key ${keys.at(-1)?.verifier}, and ours is ${signer.verifierKey}: give every machine the same SEAL_KEY, and the new one once it was replaced`,
    );
  if (keys.length !== kept.length) await outside.keepKeys(keys);
  if (JSON.stringify(keys) !== JSON.stringify(stored)) await keepKeys(db, keys);
  return { signer, keys };
}

const beginning = ({ verifierKey }: NoteSigner, stored: readonly PublishedKey[]): readonly PublishedKey[] =>
  stored.length > 0 ? followFirst(stored) : [{ verifier: verifierKey, fromSize: 0, handover: null }];

/** The keys that this machine believes: its own copy, and what follows from it in the database. */
export async function believedKeys(db: Kysely<Tables>, outside: OutsideCopies): Promise<readonly PublishedKey[]> {
  const [kept, stored] = [await outside.keys(), await storedKeys(db)];
  return kept.length > 0 ? followHandovers(kept, stored) : followFirst(stored);
}
