/** What one round was: how much was done a second, and how long each single thing took. */
export type Round = { readonly perSecond: number; readonly milliseconds: readonly number[] };

export type Measured = {
  /** The median of the rounds. */
  readonly perSecond: number;
  /** Milliseconds that one took, over all rounds. */
  readonly p50: number;
  readonly p99: number;
  /** A second, of ours as a multiple of this one's: the median over the pairs of one round each. */
  readonly oursTo: number;
};

/** @param ours rounds that alternated with `own`, in the same order */
export function summary(own: readonly Round[], ours: readonly Round[]): Measured {
  const times = own.flatMap(({ milliseconds }) => milliseconds);
  return {
    perSecond: Math.round(median(own.map(({ perSecond }) => perSecond))),
    p50: quantile(times, 0.5),
    p99: quantile(times, 0.99),
    oursTo: median(own.map(({ perSecond }, turn) => (ours[turn]?.perSecond ?? 0) / perSecond)),
  };
}

const median = (values: readonly number[]): number => quantile(values, 0.5);

/** The smallest of the values below which at most this share of them lies; NaN of none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
