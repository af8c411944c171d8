/**
 * Splits a whole number by weights (largest remainder), so that the parts add up to it exactly.
 * @param least what every part gets before the rest is split; `total` must allow it
 */
export function split(total: number, weights: readonly number[], { least } = { least: 0 }): number[] {
  const free = total - least * weights.length;
  if (free < 0) throw new RangeError(`${total} is too little for ${weights.length} parts of at least ${least}`);
  const sum = weights.reduce((all, weight) => all + weight, 0);
  const exact = weights.map((weight) => (free * weight) / sum);
  const parts = exact.map(Math.floor);
  const left = free - parts.reduce((all, part) => all + part, 0);
  const byRemainder = exact.map((part, index) => ({ index, remainder: part - Math.floor(part) }));
  const lucky = new Set(
    byRemainder
      .sort((a, b) => b.remainder - a.remainder || a.index - b.index)
      .slice(0, left)
      .map(({ index }) => index),
  );
  return parts.map((part, index) => least + part + (lucky.has(index) ? 1 : 0));
}
