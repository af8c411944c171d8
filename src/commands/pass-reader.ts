import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import { type ReadToken, readPassToken } from '../domain/pass-token.ts';
import type { ShownCode } from '../domain/record-scan.ts';
import { Recent } from './recent.ts';

/** Whose passes are read. */
export type PassIssuer = {
  readonly fair: string;
  /** The public half of the fair's Ed25519 key, 32 bytes in base64url. */
  readonly passKey: string;
  /** Tells what the fair itself has signed, where this server holds the private half too. */
  readonly isOwn?: ((signed: Uint8Array, signature: Uint8Array) => boolean) | undefined;
};

/** Reads pass tokens and checks their signatures. */
export class PassReader {
  readonly #keys = new Recent<KeyObject>(2000);

  read(token: string, issuer: PassIssuer): ShownCode {
    const read = readPassToken(token);
    if (!read) return { is: 'no-pass', reason: 'unknown-pass' };
    if (read.claims.fair !== issuer.fair) return { is: 'no-pass', reason: 'other-fair' };
    return this.#isSigned(read, issuer)
      ? { is: 'pass', claims: read.claims, trust: 'verified' }
      : { is: 'no-pass', reason: 'unknown-pass' };
  }

  /** What is not the fair's own is verified all the same: it may be as valid. */
  #isSigned({ signed, signature }: ReadToken, { passKey, isOwn }: PassIssuer): boolean {
    return isOwn?.(signed, signature) === true || verify(null, signed, this.#keyOf(passKey), signature);
  }

  #keyOf(passKey: string): KeyObject {
    const known = this.#keys.get(passKey);
    const key = known ?? createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: passKey }, format: 'jwk' });
    if (!known) this.#keys.keep(passKey, key);
    return key;
  }
}
