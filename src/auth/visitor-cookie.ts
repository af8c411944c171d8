import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Keyring } from '../keys/keyring.ts';

/** What a visitor's browser keeps of a fair, signed so that nobody can make one up. */
export class VisitorCookies {
  readonly #key: Buffer;

  constructor(keyring: Keyring) {
    this.#key = keyring.keyFor('visitor-cookie');
  }

  /** @param content what the cookie says; it can be read by whoever has the cookie */
  seal(fair: string, content: string): string {
    const body = Buffer.from(content).toString('base64url');
    return `${body}.${this.#mac(fair, body).toString('base64url')}`;
  }

  /** What a cookie of this fair says; undefined for one that is not ours, or another fair's. */
  open(fair: string, cookie: string): string | undefined {
    const [body = '', signature = ''] = cookie.split('.');
    const given = Buffer.from(signature, 'base64url');
    const right = this.#mac(fair, body);
    if (given.length !== right.length || !timingSafeEqual(given, right)) return undefined;
    return Buffer.from(body, 'base64url').toString();
  }

  #mac(fair: string, body: string): Buffer {
    return createHmac('sha256', this.#key).update(`${fair} ${body}`).digest();
  }
}
