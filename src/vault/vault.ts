import { randomBytes } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { Contact } from '../contract/contact.ts';
import type { Database } from '../database/connect.ts';
import type { Keyring } from '../keys/keyring.ts';
import { seal, unseal } from '../keys/sealed.ts';

export type ContactKind = 'representative' | 'group-leader' | 'visitor';

export type Entry = {
  /** A random or derived UUID; the only thing about the person that facts may hold. */
  readonly reference: string;
  readonly fair: string;
  readonly kind: ContactKind;
  readonly contact: Contact;
};

/** `kept` now, `same` as was kept before, `erased` meanwhile, or `different` from what the reference stands for. */
export type Kept = 'kept' | 'same' | 'erased' | 'different';

/** The only place with personal data: each entry under a key of its own, which lies under the master key. */
export class Vault {
  readonly #database: Database;
  readonly #masterKey: Buffer;
  readonly #clock: () => number;

  constructor(database: Database, keyring: Keyring, clock: () => number) {
    this.#database = database;
    this.#masterKey = keyring.keyFor('contacts');
    this.#clock = clock;
  }

  /**
   * Keeps a contact under its reference. The first writer wins; nothing brings an erased entry back.
   * @param entry.awaitedIn the stream whose fact is going to refer to it
   */
  async put({ reference, fair, kind, contact, awaitedIn }: Entry & { readonly awaitedIn: string }): Promise<Kept> {
    // Asked for once more, an entry is not swept away under the command that asks.
    await this.#waiting().set({ created_at: this.#now() }).where('reference', '=', reference).execute();
    const dataKey = randomBytes(32);
    const inserted = await this.#database
      .insertInto('contacts')
      .values({
        reference,
        fair,
        kind,
        sealed_key: seal(this.#masterKey, dataKey, reference),
        sealed_contact: seal(dataKey, Buffer.from(JSON.stringify(contact)), reference),
        created_at: this.#now(),
        awaited_in: awaitedIn,
      })
      .onConflict((conflict) => conflict.doNothing())
      .returning('reference')
      .executeTakeFirst();
    if (inserted) return 'kept';
    const row = await this.#read(reference);
    if (!row || row.fair !== fair || row.kind !== kind) return 'different';
    if (!row.sealed_key || !row.sealed_contact) return 'erased';
    return isDeepStrictEqual(this.#open(reference, row.sealed_key, row.sealed_contact), contact) ? 'same' : 'different';
  }

  /** The contact behind a reference of this fair; undefined where there is none or it was erased. */
  async get(fair: string, reference: string): Promise<Contact | undefined> {
    const row = await this.#read(reference);
    if (row?.fair !== fair || !row.sealed_key || !row.sealed_contact) return undefined;
    return this.#open(reference, row.sealed_key, row.sealed_contact);
  }

  /**
   * Destroys an entry and its key; the reference in the facts stays and leads nowhere.
   * @returns whether there was something to erase.
   */
  async erase(fair: string, reference: string): Promise<boolean> {
    const erased = await this.#database
      .updateTable('contacts')
      .set({ sealed_key: null, sealed_contact: null, erased_at: this.#now(), awaited_in: null })
      .where('reference', '=', reference)
      .where('fair', '=', fair)
      .where('erased_at', 'is', null)
      .returning('reference')
      .executeTakeFirst();
    return erased !== undefined;
  }

  /** Takes back an entry whose command came to nothing: no fact refers to it, so nothing of it stays. */
  async takeBack(fair: string, reference: string): Promise<void> {
    await this.#database.deleteFrom('contacts').where('reference', '=', reference).where('fair', '=', fair).execute();
  }

  /** Entries that have waited so long for their fact, in ms, the oldest first. */
  awaited(waitedMs: number): Promise<{ readonly reference: string; readonly stream: string }[]> {
    return this.#database
      .selectFrom('contacts')
      .select('reference')
      .select((column) => column.ref('awaited_in').$notNull().as('stream'))
      .where('awaited_in', 'is not', null)
      .where('created_at', '<', this.#now(-waitedMs))
      .orderBy('created_at')
      .execute();
  }

  /** Its fact is there. */
  async settle(reference: string): Promise<void> {
    await this.#waiting().set({ awaited_in: null }).where('reference', '=', reference).execute();
  }

  /** Takes back an entry that still waits, unless it was asked for again meanwhile. @returns whether it did */
  async takeBackAwaited(reference: string, waitedMs: number): Promise<boolean> {
    const gone = await this.#database
      .deleteFrom('contacts')
      .where('reference', '=', reference)
      .where('awaited_in', 'is not', null)
      .where('created_at', '<', this.#now(-waitedMs))
      .returning('reference')
      .executeTakeFirst();
    return gone !== undefined;
  }

  #waiting() {
    return this.#database.updateTable('contacts').where('awaited_in', 'is not', null);
  }

  #now(laterMs = 0): Date {
    return new Date(this.#clock() + laterMs);
  }

  #open(reference: string, sealedKey: Buffer, sealedContact: Buffer): Contact {
    const dataKey = unseal(this.#masterKey, sealedKey, reference);
    return Contact.parse(JSON.parse(unseal(dataKey, sealedContact, reference).toString()));
  }

  #read(reference: string) {
    return this.#database
      .selectFrom('contacts')
      .select(['fair', 'kind', 'sealed_key', 'sealed_contact'])
      .where('reference', '=', reference)
      .executeTakeFirst();
  }
}
