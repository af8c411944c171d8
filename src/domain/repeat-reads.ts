import { byOccurrence } from './visits.ts';

/** A camera reads a code several times; what it reads again sooner than this is the same showing of the pass. */
export const repeatReadMs = 30_000;

/** One answered scan of a pass. A refusal let nobody in or out. */
export type Read = {
  readonly id: string;
  readonly occurredAt: number;
  readonly gate: string;
  readonly direction: 'in' | 'out';
  readonly outcome: 'passed' | 'refused';
};

/**
 * The repeat reads among the scans of one pass: per gate and direction, those less than 30 seconds after the last one
 * that was kept. They count in no figure. A refused scan can be a repeat, but nothing is a repeat of a refusal: who is
 * let in after one was really let in.
 * A function of the set: the order of the list is of no matter.
 * @param reads of one pass, none of them voided or unverified
 */
export function repeatReads<R extends Read>(reads: readonly R[]): Set<R> {
  const kept = new Map<string, number>();
  const repeats = new Set<R>();
  for (const read of [...reads].sort(byOccurrence)) {
    const lane = `${read.direction} ${read.gate}`;
    const last = kept.get(lane);
    if (last !== undefined && read.occurredAt - last < repeatReadMs) repeats.add(read);
    else if (read.outcome === 'passed') kept.set(lane, read.occurredAt);
  }
  return repeats;
}
