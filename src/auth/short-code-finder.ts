import type { PassClaims } from '../domain/pass-token.ts';
import type { ShortCodes } from './short-codes.ts';

type Misses = { since: number; count: number };
export type MissesOfAll = Map<string, Misses>;

/** Somebody who tries codes out hits one in 30.000 at a million passes; at this pace that takes a day. */
const missesPerMinuteMax = 20;
const minuteMs = 60_000;

/**
 * Finds passes by short codes for callers who may miss 20 times a minute. One caller's questions are asked one after
 * another, so that a hundred at once cannot miss a hundred times. Each node counts for itself.
 */
export class ShortCodeFinder {
  readonly #codes: Pick<ShortCodes, 'resolve'>;
  readonly #elapsedMs: () => number;
  readonly #misses: MissesOfAll;
  readonly #lastAsked = new Map<string, Promise<unknown>>();

  /**
   * @param elapsedMs a clock that never goes back; the real one, since a demo's clock runs ahead
   * @param misses what several finders count together
   */
  constructor(
    codes: Pick<ShortCodes, 'resolve'>,
    elapsedMs: () => number = () => performance.now(),
    misses: MissesOfAll = new Map(),
  ) {
    this.#codes = codes;
    this.#elapsedMs = elapsedMs;
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
    const misses = this.#missesOf(by);
    if (misses.count >= missesPerMinuteMax) {
      return { retryAfterSeconds: Math.max(1, Math.ceil((misses.since + minuteMs - this.#elapsedMs()) / 1000)) };
    }
    // Taken before the answer and given back after it, so that finders who ask at once miss no more often than one.
    this.#misses.set(by, misses);
    misses.count += 1;
    let claims: PassClaims | undefined;
    let isAnswered = false;
    try {
      claims = await this.#codes.resolve(fair, code);
      isAnswered = true;
    } finally {
      if (claims || !isAnswered) misses.count -= 1;
    }
    return claims ?? 'unknown';
  }

  /** What was missed in the minute that began with the first miss; older ones are forgotten, everybody's. */
  #missesOf(by: string): Misses {
    const now = this.#elapsedMs();
    for (const [name, { since }] of this.#misses) if (now - since >= minuteMs) this.#misses.delete(name);
    return this.#misses.get(by) ?? { since: now, count: 0 };
  }
}
