import { describe, expect, it } from 'vitest';
import { Chance } from '../../../src/demo/plan/chance.ts';

const draws = (chance: Chance) => Array.from({ length: 20 }, () => chance.fraction());

describe('chance', () => {
  it('gives the same numbers for the same seed and purpose, and others for any other', () => {
    const numbers = draws(new Chance('2022', 'gate'));
    expect(draws(new Chance('2022', 'gate'))).toEqual(numbers);
    expect(draws(new Chance('2023', 'gate'))).not.toEqual(numbers);
    expect(draws(new Chance('2022', 'books'))).not.toEqual(numbers);
  });

  it('stays within its bounds and reaches both ends', () => {
    const chance = new Chance('2022', 'bounds');
    const rolls = new Set(Array.from({ length: 500 }, () => chance.between(1, 6)));
    expect(rolls).toEqual(new Set([1, 2, 3, 4, 5, 6]));
  });

  it('picks by weight', () => {
    const chance = new Chance('2022', 'weights');
    const picked = Array.from({ length: 4000 }, () =>
      chance.weighted([
        ['often', 3],
        ['seldom', 1],
        ['never', 0],
      ]),
    );
    const often = picked.filter((choice) => choice === 'often').length;
    expect(often).toBeGreaterThan(2800);
    expect(often).toBeLessThan(3200);
    expect(picked).not.toContain('never');
  });

  it('shuffles without losing anything', () => {
    const items = Array.from({ length: 50 }, (_, index) => index);
    const shuffled = new Chance('2022', 'order').shuffled(items);
    expect(shuffled).not.toEqual(items);
    expect(shuffled.sort((a, b) => a - b)).toEqual(items);
  });
});
