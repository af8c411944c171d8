import { describe, expect, it } from 'vitest';
import { checkTruth } from '../../../../load-tests/bench/http/truth.ts';

const holding = (kept: number | undefined) => ({ name: 'ours' as const, recorded: async () => kept });

describe('the truth check of the benchmark', () => {
  it('lets pass what holds as many check-ins as it has answered', async () => {
    const lines = await checkTruth([holding(7)], new Map([['ours', 7]]));
    expect(lines).toEqual(['ours answered 7 check-ins and holds 7']);
  });

  it.each([
    { kept: 6, answered: 7 },
    { kept: 8, answered: 7 },
    { kept: 1, answered: undefined },
  ])('fails where $kept are kept and $answered were answered', async ({ kept, answered }) => {
    const said = new Map(answered === undefined ? [] : [['ours' as const, answered]]);
    await expect(checkTruth([holding(kept)], said)).rejects.toThrow(`holds ${kept}`);
  });

  it('asks nothing of one that keeps nothing', async () => {
    expect(await checkTruth([{ ...holding(undefined), name: 'bare' }], new Map([['bare', 7]]))).toEqual([]);
  });
});
