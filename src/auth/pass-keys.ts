import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import type { Database } from '../database/connect.ts';
import type { Keyring } from '../keys/keyring.ts';
import { seal, unseal } from '../keys/sealed.ts';
import type { SignAside } from './signing-thread.ts';

/** A fair's private key, and the public half in base64url that belongs to it. */
type Pair = { readonly publicHalf: string; readonly privateKey: KeyObject };

/** Private keys as they were unsealed, by fair; they never change. */
export type KnownPairs = Map<string, Pair>;

/** The Ed25519 pair of each fair. The private half signs passes and is in the database only under the master key. */
export class PassKeys {
  readonly #database: Database;
  readonly #sealingKey: Buffer;
  readonly #known: KnownPairs;
  readonly #signAside: SignAside;

  /**
   * @param options.known pairs that were unsealed before
   * @param options.signAside signs many at once elsewhere; on this very thread unless told
   */
  constructor(
    database: Database,
    keyring: Keyring,
    { known = new Map(), signAside = signHere }: { known?: KnownPairs; signAside?: SignAside | undefined } = {},
  ) {
    this.#database = database;
    this.#sealingKey = keyring.keyFor('pass-keys');
    this.#known = known;
    this.#signAside = signAside;
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
   * Signs as the owner of a public key does, for whoever wants to know whether a signature is its own: Ed25519 gives
   * equal messages equal signatures.
   * @param passKey as the fair's log has it
   * @returns undefined where the private half of this key is not ours
   */
  async signerOf(fair: string, passKey: string): Promise<((claims: Uint8Array) => Promise<Uint8Array>) | undefined> {
    const pair = this.#known.get(fair) ?? (await this.#open(fair));
    return pair?.publicHalf === passKey ? (claims) => this.#signAnywhere(pair, claims) : undefined;
  }

  /** Here where the other place is lost: a gate goes on. */
  #signAnywhere({ privateKey }: Pair, claims: Uint8Array): Promise<Uint8Array> {
    return this.#signAside(privateKey, claims).catch(() => signHere(privateKey, claims));
  }

  /** @throws where it was sealed under another master key */
  async #open(fair: string): Promise<Pair | undefined> {
    const row = await this.#read(fair);
    if (!row) return undefined;
    const key = unseal(this.#sealingKey, row.sealed_private_key, fair);
    const privateKey = createPrivateKey({ key, format: 'der', type: 'pkcs8' });
    const pair = { publicHalf: createPublicKey(privateKey).export({ format: 'jwk' }).x ?? '', privateKey };
    this.#known.set(fair, pair);
    return pair;
  }

  #read(fair: string) {
    return this.#database.selectFrom('pass_keys').selectAll().where('fair', '=', fair).executeTakeFirst();
  }
}

const signHere: SignAside = (key, message) => Promise.resolve(sign(null, message, key));
