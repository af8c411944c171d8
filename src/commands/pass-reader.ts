import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import { readPassToken } from '../domain/pass-token.ts';
import type { ShownCode } from '../domain/record-scan.ts';

/** Reads pass tokens and checks their signatures; remembers the latest, since the same pass is read again and again. */
export class PassReader {
  readonly #keys = new Map<string, KeyObject>();
  readonly #read = new Map<string, ShownCode>();
  readonly #tokensMax: number;

  constructor({ tokensMax }: { tokensMax: number } = { tokensMax: 20_000 }) {
    this.#tokensMax = tokensMax;
  }

  /** @param passKey the public half of the fair's Ed25519 key, 32 bytes in base64url */
  read(token: string, { fair, passKey }: { fair: string; passKey: string }): ShownCode {
    const name = `${fair} ${token}`;
    const code = this.#read.get(name) ?? this.#check(token, fair, passKey);
    if (code.is === 'pass') keep(this.#read, name, code, this.#tokensMax);
    return code;
  }

  #check(token: string, fair: string, passKey: string): ShownCode {
    const read = readPassToken(token);
    if (!read) return { is: 'no-pass', reason: 'unknown-pass' };
    if (read.claims.fair !== fair) return { is: 'no-pass', reason: 'other-fair' };
    return verify(null, read.signed, this.#keyOf(passKey), read.signature)
      ? { is: 'pass', claims: read.claims, trust: 'verified' }
      : { is: 'no-pass', reason: 'unknown-pass' };
  }

  #keyOf(passKey: string): KeyObject {
    const known = this.#keys.get(passKey);
    const key = known ?? createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: passKey }, format: 'jwk' });
    if (!known) keep(this.#keys, passKey, key, 2000);
    return key;
  }
}

/** The one used last goes to the end; the one that has rested longest makes room. */
function keep<Value>(map: Map<string, Value>, key: string, value: Value, entriesMax: number): void {
  map.delete(key);
  map.set(key, value);
  const [rested] = map.keys();
  if (map.size > entriesMax && rested !== undefined) map.delete(rested);
}
