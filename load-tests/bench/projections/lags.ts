import type { Answered } from './arriving.ts';

/** To which position the figures had moved on, and when, in ms since 1970. */
export type Shown = { readonly position: number; readonly at: number };

/**
 * Milliseconds from each answer until its facts were shown; 0 where they were shown before it was told.
 * @param shown in the order of time, positions ascending
 * @throws where something that was answered was never shown
 */
export function lagsOf(answered: readonly Answered[], shown: readonly Shown[]): number[] {
  let next = 0;
  return answered
    .toSorted((a, b) => a.position - b.position)
    .map(({ position, at }) => {
      while ((shown[next]?.position ?? Number.POSITIVE_INFINITY) < position) next += 1;
      const first = shown[next];
      if (!first) throw new Error(`position ${position} was answered and never shown`);
      return Math.max(0, first.at - at);
    });
}

/** Events a second from the first answer to the last; NaN where there is but one. */
export function rateOf(answered: readonly Answered[]): number {
  const positions = answered.map(({ position }) => position);
  const times = answered.map(({ at }) => at);
  return (1000 * (Math.max(...positions) - Math.min(...positions))) / (Math.max(...times) - Math.min(...times));
}
