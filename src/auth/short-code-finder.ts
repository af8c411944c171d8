import type { PassClaims } from '../domain/pass-token.ts';
import { Misses } from './misses.ts';
import type { ShortCodes } from './short-codes.ts';

/**
 * Finds passes by short codes for callers who may miss 20 times a minute. One caller's questions are asked one after
 * another, so that a hundred at once cannot miss a hundred times.
 */
export class ShortCodeFinder {
  readonly #codes: Pick<ShortCodes, 'resolve'>;
  readonly #misses: Misses;
  readonly #lastAsked = new Map<string, Promise<unknown>>();

  /** @param misses what several finders count together */
  constructor(codes: Pick<ShortCodes, 'resolve'>, misses = new Misses()) {
    this.#codes = codes;
    this.#misses = misses;
  }

  /** @param asked `by` names the caller whose misses are counted */
  async find(asked: {
    readonly fair: string;
    readonly code: string;
    readonly by: string;
  }): Promise<PassClaims | 'unknown' | { readonly retryAfterSeconds: number }> {
    const before = this.#lastAsked.get(asked.by);
    const mine = (async () => {
      await before?.catch(() => undefined);
      return this.#ask(asked);
    })();
    this.#lastAsked.set(asked.by, mine);
    try {
      return await mine;
    } finally {
      if (this.#lastAsked.get(asked.by) === mine) this.#lastAsked.delete(asked.by);
    }
  }

  async #ask({ fair, code, by }: { fair: string; code: string; by: string }) {
    return (await this.#misses.within(by, () => this.#codes.resolve(fair, code))) ?? 'unknown';
  }
}
