import { countAlone, type CountTogether } from './count-together.ts';

/** `perSecond` come back all the time, `burst` may be spent at once. */
export type Allowance = { readonly perSecond: number; readonly burst: number };

export type RateLimit = {
  /** Takes `cost`, or says after how many seconds to come back. */
  take(key: string, cost?: number): { readonly retryAfterSeconds: number } | undefined;
};

type Bucket = { left: number; atMs: number };

type Options = {
  readonly keysMax?: number;
  /** A clock that never goes back; the real one unless told, since a demo's clock runs ahead. */
  readonly elapsedMs?: () => number;
  /** With whom one counts; what others let through is taken from the same bucket, into debt if need be. */
  readonly join?: ReturnType<CountTogether>;
};

/** Token buckets in memory, one a key. */
export function rateLimit(
  { perSecond, burst }: Allowance,
  { keysMax = 100_000, elapsedMs = () => performance.now(), join = countAlone('') }: Options = {},
): RateLimit {
  const buckets = new Map<string, Bucket>();
  const refilled = ({ left, atMs }: Bucket, now: number): number =>
    Math.min(burst, left + ((now - atMs) / 1000) * perSecond);
  const leftAt = (key: string, now: number): number => refilled(buckets.get(key) ?? { left: burst, atMs: now }, now);
  const keep = (key: string, left: number, now: number): void => {
    // The one used last goes to the end, so that the first is always the one that has rested longest.
    buckets.delete(key);
    buckets.set(key, { left, atMs: now });
    if (buckets.size <= keysMax) return;
    const [rested] = buckets.keys();
    if (rested !== undefined) buckets.delete(rested);
  };
  const tell = join((key, cost) => {
    const now = elapsedMs();
    keep(key, leftAt(key, now) - cost, now);
  });

  return {
    take(key, cost = 1) {
      const now = elapsedMs();
      const left = leftAt(key, now);
      if (left < cost) return { retryAfterSeconds: Math.max(1, Math.ceil((cost - left) / perSecond)) };
      keep(key, left - cost, now);
      tell(key, cost);
      return undefined;
    },
  };
}
