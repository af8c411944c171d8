import { countAlone, type CountTogether } from './count-together.ts';

type MissesOfOne = { readonly since: number; count: number };

/** Somebody who tries codes out hits one in 30.000 at a million passes; at this pace that takes a day. */
const perMinuteMax = 20;
const minuteMs = 60_000;

/** How often each caller missed in the minute that began with the first miss. */
export class Misses {
  readonly #elapsedMs: () => number;
  readonly #of = new Map<string, MissesOfOne>();
  readonly #tell: (by: string, count: number) => void;

  /** @param options.elapsedMs a clock that never goes back; the real one, since a demo's clock runs ahead */
  constructor({
    elapsedMs = () => performance.now(),
    together = countAlone,
  }: { readonly elapsedMs?: () => number; readonly together?: CountTogether } = {}) {
    this.#elapsedMs = elapsedMs;
    this.#tell = together('short-code misses')((by, count) => this.#add(by, count));
  }

  /**
   * Asks for a caller who may miss again. The miss is counted before the answer and taken back after a hit, so that
   * those who ask at once miss no more often than one.
   * @param look undefined for a miss
   */
  async within<Found>(
    by: string,
    look: () => Promise<Found | undefined>,
  ): Promise<Found | undefined | { readonly retryAfterSeconds: number }> {
    const own = this.#now(by);
    if (own.count >= perMinuteMax) {
      return { retryAfterSeconds: Math.max(1, Math.ceil((own.since + minuteMs - this.#elapsedMs()) / 1000)) };
    }
    own.count += 1;
    let missed = false;
    try {
      const found = await look();
      missed = found === undefined;
      return found;
    } finally {
      if (missed) this.#tell(by, 1);
      else own.count -= 1;
    }
  }

  #add(by: string, count: number): void {
    this.#now(by).count += count;
  }

  /** Older ones are forgotten, everybody's. */
  #now(by: string): MissesOfOne {
    const now = this.#elapsedMs();
    for (const [name, { since }] of this.#of) if (now - since >= minuteMs) this.#of.delete(name);
    const own = this.#of.get(by) ?? { since: now, count: 0 };
    this.#of.set(by, own);
    return own;
  }
}
