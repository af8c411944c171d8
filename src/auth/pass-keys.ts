import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import type { Database } from '../database/connect.ts';
import type { Keyring } from '../keys/keyring.ts';
import { seal, unseal } from '../keys/sealed.ts';
import { type IsOwn, ownSignatures } from './own-signature.ts';

/** A fair's private key, the public half in base64url that belongs to it, and what tells its signatures. */
type Pair = { readonly publicHalf: string; readonly privateKey: KeyObject; readonly isOwn: IsOwn };

/** Private keys as they were unsealed, by fair; they never change. */
export type KnownPairs = Map<string, Pair>;

/** The Ed25519 pair of each fair. The private half signs passes and is in the database only under the master key. */
export class PassKeys {
  readonly #database: Database;
  readonly #sealingKey: Buffer;
  readonly #known: KnownPairs;

  /** @param options.known pairs that were unsealed before */
  constructor(database: Database, keyring: Keyring, { known = new Map() }: { known?: KnownPairs } = {}) {
    this.#database = database;
    this.#sealingKey = keyring.keyFor('pass-keys');
    this.#known = known;
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
    const pair = this.#known.get(fair) ?? (await this.#open(fair));
    if (!pair) throw new Error(`the fair ${fair} has no pass key`);
    return sign(null, claims, pair.privateKey);
  }

  /**
   * Tells whether signatures are of a fair's own key, for whoever holds nothing but its public half.
   * @param passKey as the fair's log has it
   * @returns undefined where the private half of this key is not ours
   */
  async ownSignaturesOf(fair: string, passKey: string): Promise<IsOwn | undefined> {
    const pair = this.#known.get(fair) ?? (await this.#open(fair));
    return pair?.publicHalf === passKey ? pair.isOwn : undefined;
  }

  /** @throws where it was sealed under another master key */
  async #open(fair: string): Promise<Pair | undefined> {
    const row = await this.#read(fair);
    if (!row) return undefined;
    const key = unseal(this.#sealingKey, row.sealed_private_key, fair);
    const privateKey = createPrivateKey({ key, format: 'der', type: 'pkcs8' });
    const publicHalf = createPublicKey(privateKey).export({ format: 'jwk' }).x ?? '';
    const isOwn = ownSignatures(key.subarray(-seedBytes), Buffer.from(publicHalf, 'base64url'));
    const pair = { publicHalf, privateKey, isOwn };
    this.#known.set(fair, pair);
    return pair;
  }

  #read(fair: string) {
    return this.#database.selectFrom('pass_keys').selectAll().where('fair', '=', fair).executeTakeFirst();
  }
}

/** The end of an Ed25519 key in PKCS #8 (RFC 8410 §7). */
const seedBytes = 32;
