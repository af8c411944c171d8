import { describe, expect, it } from 'vitest';
import { PosterCodes } from '../../src/auth/poster-codes.ts';
import { keyringOf } from '../../src/keys/keyring.ts';

const [fair, otherFair] = ['019a0000-0000-7000-8000-0000000000fa', '019a0000-0000-7000-8000-0000000000fb'];
const codes = new PosterCodes(keyringOf(Buffer.alloc(32, 1)));
const at = Date.UTC(2026, 3, 21, 1);

describe("a gate's code", () => {
  it('on a screen rotates every 30 seconds, and the one before is still good', () => {
    const { code, validUntil } = codes.onScreen(fair, 'G1', at);
    expect(codes.onScreen(fair, 'G1', at + 29_999).code).toBe(code);
    expect(codes.onScreen(fair, 'G1', at + 30_000).code).not.toBe(code);
    expect(validUntil).toBe(at + 60_000);
    const good = [at, at + 59_999].map((now) => codes.read(fair, code, now));
    expect(good).toEqual([
      { gate: 'G1', on: 'screen' },
      { gate: 'G1', on: 'screen' },
    ]);
    expect([at - 1, at + 60_000].map((now) => codes.read(fair, code, now))).toEqual([undefined, undefined]);
  });

  it('on a print never changes', () => {
    const { code } = codes.onPrint(fair, 'G1');
    expect(codes.read(fair, code, at + 1e10)).toEqual({ gate: 'G1', on: 'print' });
  });

  it('is the same on every node, and of no other gate, fair or key', () => {
    const { code } = codes.onScreen(fair, 'G1', at);
    expect(new PosterCodes(keyringOf(Buffer.alloc(32, 1))).read(fair, code, at)).toEqual({ gate: 'G1', on: 'screen' });
    expect(new PosterCodes(keyringOf(Buffer.alloc(32, 2))).read(fair, code, at)).toBeUndefined();
    expect(codes.read(otherFair, code, at)).toBeUndefined();
    expect(codes.read(fair, code.replace('G1', 'G2'), at)).toBeUndefined();
  });

  it('is no other text', () => {
    for (const text of ['', 'G1', '.', 'G1.', 'G1.AAAAAAAAAAAAAA', 'é'.repeat(40)]) {
      expect(codes.read(fair, text, at)).toBeUndefined();
    }
  });
});
