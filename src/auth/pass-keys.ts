import { createPrivateKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import type { Database } from '../database/connect.ts';
import type { Keyring } from '../keys/keyring.ts';
import { seal, unseal } from '../keys/sealed.ts';

/** The Ed25519 pair of each fair. The private half signs passes and is in the database only under the master key. */
export class PassKeys {
  readonly #database: Database;
  readonly #sealingKey: Buffer;
  readonly #known = new Map<string, KeyObject>();

  constructor(database: Database, keyring: Keyring) {
    this.#database = database;
    this.#sealingKey = keyring.keyFor('pass-keys');
  }

  /**
   * The public half of a fair's key, made now unless it was made before: of several who ask at once all get the same.
   * @returns 32 bytes, base64url, as `FairCreated` holds it
   */
  async publicKeyOf(fair: string): Promise<string> {
    const known = await this.#read(fair);
    if (known) return known.public_key;
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    await this.#database
      .insertInto('pass_keys')
      .values({
        fair,
        public_key: publicKey.export({ format: 'jwk' }).x ?? '',
        sealed_private_key: seal(this.#sealingKey, privateKey.export({ format: 'der', type: 'pkcs8' }), fair),
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    const first = await this.#read(fair);
    if (!first) throw new Error(`the pass key of ${fair} was kept and is not there`);
    return first.public_key;
  }

  /**
   * Signs what a pass says of itself.
   * @returns 64 bytes
   * @throws where the fair has no key yet.
   */
  async sign(fair: string, claims: Uint8Array): Promise<Uint8Array> {
    return sign(null, claims, await this.#privateKeyOf(fair));
  }

  async #privateKeyOf(fair: string): Promise<KeyObject> {
    const known = this.#known.get(fair);
    if (known) return known;
    const row = await this.#read(fair);
    if (!row) throw new Error(`the fair ${fair} has no pass key`);
    const key = createPrivateKey({
      key: unseal(this.#sealingKey, row.sealed_private_key, fair),
      format: 'der',
      type: 'pkcs8',
    });
    this.#known.set(fair, key);
    return key;
  }

  #read(fair: string) {
    return this.#database.selectFrom('pass_keys').selectAll().where('fair', '=', fair).executeTakeFirst();
  }
}
