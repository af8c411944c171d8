/** `perSecond` come back all the time, `burst` may be spent at once. */
export type Allowance = { readonly perSecond: number; readonly burst: number };

export type RateLimit = {
  /** Takes `cost`, or says after how many seconds to come back. */
  take(key: string, cost?: number): { readonly retryAfterSeconds: number } | undefined;
};

type Bucket = { left: number; atMs: number };

/**
 * Token buckets in memory, one a key: each node counts for itself.
 * @param elapsedMs a clock that never goes back; the real one, since a demo's clock runs ahead
 */
export function rateLimit(
  { perSecond, burst }: Allowance,
  { keysMax = 100_000, elapsedMs = () => performance.now() }: { keysMax?: number; elapsedMs?: () => number } = {},
): RateLimit {
  const buckets = new Map<string, Bucket>();
  const refilled = ({ left, atMs }: Bucket, now: number): number =>
    Math.min(burst, left + ((now - atMs) / 1000) * perSecond);

  return {
    take(key, cost = 1) {
      const now = elapsedMs();
      const left = refilled(buckets.get(key) ?? { left: burst, atMs: now }, now);
      if (left < cost) return { retryAfterSeconds: Math.max(1, Math.ceil((cost - left) / perSecond)) };
      // The one used last goes to the end, so that the first is always the one that has rested longest.
      buckets.delete(key);
      buckets.set(key, { left: left - cost, atMs: now });
      const [rested] = buckets.keys();
      if (buckets.size > keysMax && rested !== undefined) buckets.delete(rested);
      return undefined;
    },
  };
}
