import { createPublicKey, type KeyObject, timingSafeEqual, verify } from 'node:crypto';
import { type ReadToken, readPassToken } from '../domain/pass-token.ts';
import type { ShownCode } from '../domain/record-scan.ts';
import { Recent } from './recent.ts';

/** Whose passes are read. */
export type PassIssuer = {
  readonly fair: string;
  /** The public half of the fair's Ed25519 key, 32 bytes in base64url. */
  readonly passKey: string;
  /** Signs as the fair does, where this server holds the private half too. */
  readonly sign?: ((signed: Uint8Array) => Promise<Uint8Array>) | undefined;
};

type Pass = Extract<ShownCode, { readonly is: 'pass' }>;

/** Reads pass tokens and checks their signatures; remembers the latest, since the same pass is read again and again. */
export class PassReader {
  readonly #keys = new Recent<KeyObject>(2000);
  readonly #read: Recent<Pass>;

  constructor({ tokensMax }: { tokensMax: number } = { tokensMax: 20_000 }) {
    this.#read = new Recent(tokensMax);
  }

  async read(token: string, issuer: PassIssuer): Promise<ShownCode> {
    const known = this.#read.get(token);
    if (known?.claims.fair === issuer.fair) return known;
    const code = await this.#check(token, issuer);
    if (code.is === 'pass') this.#read.keep(token, code);
    return code;
  }

  async #check(token: string, issuer: PassIssuer): Promise<ShownCode> {
    const read = readPassToken(token);
    if (!read) return { is: 'no-pass', reason: 'unknown-pass' };
    if (read.claims.fair !== issuer.fair) return { is: 'no-pass', reason: 'other-fair' };
    return (await this.#isSigned(read, issuer))
      ? { is: 'pass', claims: read.claims, trust: 'verified' }
      : { is: 'no-pass', reason: 'unknown-pass' };
  }

  /** Signing again and comparing costs a third of verifying. What differs is verified all the same: it may be as valid. */
  async #isSigned({ signed, signature }: ReadToken, { passKey, sign }: PassIssuer): Promise<boolean> {
    const own = await sign?.(signed);
    if (own && timingSafeEqual(own, signature)) return true;
    return verify(null, signed, this.#keyOf(passKey), signature);
  }

  #keyOf(passKey: string): KeyObject {
    const known = this.#keys.get(passKey);
    const key = known ?? createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: passKey }, format: 'jwk' });
    if (!known) this.#keys.keep(passKey, key);
    return key;
  }
}
