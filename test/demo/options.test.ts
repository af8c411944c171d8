import { describe, expect, it } from 'vitest';
import { readDemoOptions } from '../../src/demo/options.ts';
import { UsageError } from '../../src/demo/usage-error.ts';

describe('the options of the demo', () => {
  it('are “Bắc Ninh 2022” in about a minute, unless told', () => {
    expect(readDemoOptions([])).toEqual({
      plan: { seed: '2022', visits: 5_962, copies: 1_523_400 },
      deliveries: { deliveries: 1, order: 'as-it-happened' },
      speed: 3_000,
      afterwards: 'keep-serving',
      print: 'sentence',
    });
  });

  it('take everything that scripts need', () => {
    const args = [
      '--seed',
      'a',
      '--visits',
      '600',
      '--copies',
      '20000',
      '--speed',
      'max',
      '--deliveries',
      '3',
      '--shuffle',
      '--exit',
      '--json',
    ];
    expect(readDemoOptions(args)).toEqual({
      plan: { seed: 'a', visits: 600, copies: 20_000 },
      deliveries: { deliveries: 3, order: 'shuffled' },
      speed: 'max',
      afterwards: 'exit',
      print: 'json',
    });
  });

  it('name every mistake at once, and say what there is', () => {
    const read = () => readDemoOptions(['--visits', '12', '--copies', 'many', '--speed', 'fast']);
    expect(read).toThrow(UsageError);
    expect(read).toThrow(/--visits.*\n--copies.*\n--speed[^]*npm run demo/);
    expect(() => readDemoOptions(['--visit', '600'])).toThrow(/--visit[^]*npm run demo/);
  });
});
