import { describe, expect, it } from 'vitest';
import { readOptions } from '../../../load-tests/runner/options.ts';

describe('the options of a load', () => {
  it('are those of the scenario unless told', () => {
    expect(readOptions(['province'])).toEqual({
      scenario: 'province',
      seed: '1',
      seconds: 60,
      nodes: 1,
      disaster: 'none',
      output: 'words',
    });
  });

  it('kill one of two nodes', () => {
    expect(readOptions(['province', '--kill', '--seconds', '20', '--seed', 'x', '--json'])).toEqual({
      scenario: 'province',
      seed: 'x',
      seconds: 20,
      nodes: 2,
      disaster: 'kill',
      output: 'json',
    });
  });

  it.each([
    [[], 'name one scenario'],
    [['city'], 'name one scenario'],
    [['province', 'school'], 'name one scenario'],
    [['province', '--seconds', '2'], '--seconds must be 5 to 3600'],
    [['province', '--seconds', 'x'], '--seconds must be 5 to 3600'],
    [['province', '--nodes', '17'], '--nodes must be 1 to 16'],
    [['province', '--kill', '--nodes', '1'], '--kill needs --nodes 2 or more'],
    [['province', '--speed', '2'], 'Unknown option'],
  ])('refuse %j and say how it is done', (args, why) => {
    expect(() => readOptions(args)).toThrow(why);
    expect(() => readOptions(args)).toThrow('npm run load -- <commune | province | school>');
  });
});
