import { createHmac, timingSafeEqual } from 'node:crypto';
import { type PosterCode, posterSeconds } from '../domain/poster.ts';
import type { Keyring } from '../keys/keyring.ts';

/**
 * The codes on the gates' posters: the gate's own code, a dot, and 80 bits of an HMAC over fair, gate and, on a screen,
 * the 30 seconds that it is shown in. Nothing is kept, so every node knows every code.
 */
export class PosterCodes {
  readonly #key: Buffer;

  constructor(keyring: Keyring) {
    this.#key = keyring.keyFor('poster-codes');
  }

  /** @returns the code with the moment, in ms since 1970, until which it is good */
  onScreen(fair: string, gate: string, now: number): { readonly code: string; readonly validUntil: number } {
    const step = stepAt(now);
    const goodUntil = (step + 2) * posterSeconds * 1000;
    return { code: this.#codeOf(fair, gate, String(step)), validUntil: goodUntil };
  }

  /** A printed code is good as long as its gate has a printed poster. */
  onPrint(fair: string, gate: string): { readonly code: string } {
    return { code: this.#codeOf(fair, gate, 'print') };
  }

  /** What a code says, if it is genuine; one of a screen is good for its 30 seconds and the 30 after. */
  read(fair: string, code: string, now: number): PosterCode | undefined {
    const gate = code.slice(0, code.indexOf('.'));
    const step = stepAt(now);
    if ([step, step - 1].some((good) => isSame(code, this.#codeOf(fair, gate, String(good)))))
      return { gate, on: 'screen' };
    return isSame(code, this.#codeOf(fair, gate, 'print')) ? { gate, on: 'print' } : undefined;
  }

  #codeOf(fair: string, gate: string, shown: string): string {
    const mac = createHmac('sha256', this.#key)
      .update(JSON.stringify([fair, gate, shown]))
      .digest();
    return `${gate}.${mac.subarray(0, 10).toString('base64url')}`;
  }
}

const stepAt = (now: number): number => Math.floor(now / (posterSeconds * 1000));

function isSame(given: string, right: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}
