import { expect } from 'vitest';
import type { Traits } from '../contract.ts';

/** What was appended after a position has growing positions, one after another where the store promises that. */
export function expectPositions(
  positions: readonly number[],
  { after, kind }: { readonly after: number; readonly kind: Traits['positions'] },
): void {
  if (kind === 'gapless') {
    expect(positions).toEqual(positions.map((_, at) => after + 1 + at));
  } else {
    const growing = [...new Set(positions)].filter((position) => position > after).toSorted((a, b) => a - b);
    expect(positions).toEqual(growing);
  }
}
