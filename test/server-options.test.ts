import { describe, expect, it } from 'vitest';
import { readServerOptions } from '../src/server-options.ts';

describe('the command line of the server', () => {
  it('asks for one node unless it says how many', () => {
    expect(readServerOptions([])).toEqual({ asks: 'serve', nodes: 1 });
    expect(readServerOptions(['--nodes', '2'])).toEqual({ asks: 'serve', nodes: 2 });
    expect(readServerOptions(['--nodes=8'])).toEqual({ asks: 'serve', nodes: 8 });
  });

  it('explains itself', () => {
    expect(readServerOptions(['--help'])).toEqual({ asks: 'help' });
  });

  it.each([
    [['--nodes', '0'], '--nodes must be 1 or more.'],
    [['--nodes', '9'], '--nodes must be 8 or less.'],
    [['--nodes', '1.5'], '--nodes must be a whole number.'],
    [['--nodes', 'two'], '--nodes must be a whole number.'],
    [['--nodes', ''], '--nodes must be 1 or more.'],
    [['--nodes'], "Option '--nodes <value>' argument missing"],
    [['--node', '2'], "Unknown option '--node'"],
    [['2'], "Unexpected argument '2'"],
  ])('says what is wrong with %j, and how it should be', (args, why) => {
    const options = readServerOptions(args);
    expect(options).toEqual({ asks: 'wrong', why: expect.stringContaining(why) });
    expect(options).toEqual({ asks: 'wrong', why: expect.stringContaining('--nodes N') });
  });
});
