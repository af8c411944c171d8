import { describe, expect, it } from 'vitest';
import { lagsOf, rateOf } from '../../../../load-tests/bench/projections/lags.ts';

const shown = [
  { position: 0, at: 900 },
  { position: 10, at: 1000 },
  { position: 30, at: 1100 },
];

describe('the lag of the figures', () => {
  it('lasts from the answer until the first position that is as far', () => {
    const answered = [
      { position: 10, at: 990 },
      { position: 11, at: 995 },
      { position: 30, at: 1080 },
    ];
    expect(lagsOf(answered, shown)).toEqual([10, 105, 20]);
  });

  it('is the same in whatever order the answers are told', () => {
    const answered = [
      { position: 30, at: 1080 },
      { position: 10, at: 990 },
    ];
    expect(lagsOf(answered, shown)).toEqual([10, 20]);
  });

  it('is nothing where facts were shown before their answer was told', () => {
    expect(lagsOf([{ position: 5, at: 1004 }], shown)).toEqual([0]);
  });

  it('has no end where something was never shown', () => {
    expect(() => lagsOf([{ position: 31, at: 1000 }], shown)).toThrow('position 31 was answered and never shown');
  });
});

describe('the rate that was reached', () => {
  it('is what lies between the first answer and the last, in whatever order they are told', () => {
    const answered = [
      { position: 1100, at: 3000 },
      { position: 100, at: 1000 },
      { position: 600, at: 1500 },
    ];
    expect(rateOf(answered)).toBe(500);
  });
});
