import { describe, expect, test } from 'vitest';
import { peerAddressBehind } from '../src/peer-address.ts';

const asking = (peer: string, forwarded?: string) =>
  [
    { incoming: { socket: { remoteAddress: peer } } },
    new Headers(forwarded === undefined ? {} : { 'x-forwarded-for': forwarded }),
  ] as const;

describe('who asks', () => {
  const alone = peerAddressBehind([]);
  const behind = peerAddressBehind(['10.0.0.0/8', '2001:db8::1']);

  test('is whoever the socket says, whatever a stranger claims', () => {
    expect(alone(...asking('203.0.113.7'))).toBe('203.0.113.7');
    expect(alone(...asking('203.0.113.7', '127.0.0.1'))).toBe('203.0.113.7');
    expect(alone(...asking('10.0.0.9', '203.0.113.7'))).toBe('10.0.0.9');
    expect(alone(...asking('::ffff:203.0.113.7'))).toBe('203.0.113.7');
  });

  test('is whom a proxy on this machine asks for', () => {
    expect(alone(...asking('127.0.0.1', '203.0.113.7'))).toBe('203.0.113.7');
    expect(alone(...asking('::1', '198.51.100.1, 203.0.113.7'))).toBe('203.0.113.7');
    expect(alone(...asking('127.0.0.1'))).toBe('127.0.0.1');
  });

  test('is found through every proxy that is trusted, and no further', () => {
    expect(behind(...asking('10.1.2.3', '198.51.100.1, 203.0.113.7'))).toBe('203.0.113.7');
    expect(behind(...asking('10.1.2.3', '203.0.113.7, 10.9.9.9, ::ffff:10.0.0.1'))).toBe('203.0.113.7');
    expect(behind(...asking('2001:db8::1', '2001:db8::99'))).toBe('2001:db8::99');
    expect(behind(...asking('10.1.2.3', 'not an address'))).toBe('10.1.2.3');
  });

  test('is unknown where a runtime says nothing', () => {
    expect(alone({}, new Headers())).toBe('unknown');
    expect(alone(undefined, new Headers({ 'x-forwarded-for': '203.0.113.7' }))).toBe('unknown');
  });
});
