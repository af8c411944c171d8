import { createPrivateKey, createPublicKey, sign } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ownSignatures } from '../../src/auth/own-signature.ts';

const pkcs8 = Buffer.from('302e020100300506032b657004220420', 'hex');
const keyOf = (seed: Uint8Array) => {
  const privateKey = createPrivateKey({ key: Buffer.concat([pkcs8, seed]), format: 'der', type: 'pkcs8' });
  const publicHalf = Buffer.from(createPublicKey(privateKey).export({ format: 'jwk' }).x ?? '', 'base64url');
  return {
    sign: (message: Uint8Array) => sign(null, message, privateKey),
    isOwn: ownSignatures(Buffer.from(seed), publicHalf),
  };
};

const seeds = fc.uint8Array({ minLength: 32, maxLength: 32 });
const messages = fc.uint8Array({ maxLength: 300 });
/** L of RFC 8032. */
const order = 2n ** 252n + 27_742_317_777_372_353_535_851_937_790_883_648_493n;

describe('a signature of one’s own key', () => {
  it('is told, whatever the key and the message', () => {
    fc.assert(
      fc.property(seeds, messages, (seed, message) => {
        const { sign: signs, isOwn } = keyOf(seed);
        const signature = signs(message);
        expect([isOwn(message, signature), isOwn(message, signature)]).toEqual([true, true]);
      }),
    );
  });

  it('is told with the key, message and signature of RFC 8032 §7.1, test 2', () => {
    const { isOwn } = keyOf(Buffer.from('4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb', 'hex'));
    const signature = Buffer.from(
      '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
      'hex',
    );
    expect(isOwn(Buffer.from([0x72]), signature)).toBe(true);
    expect(isOwn(Buffer.from([0x73]), signature)).toBe(false);
  });

  it('is told from one in which a single bit of signature or message was changed', () => {
    const { sign: signs, isOwn } = keyOf(Buffer.alloc(32, 7));
    const message = Buffer.from('claims of a pass');
    const signature = signs(message);
    for (let bit = 0; bit < 512; bit += 1) expect(isOwn(message, withBit(signature, bit)), `bit ${bit}`).toBe(false);
    for (let bit = 0; bit < message.length * 8; bit += 1)
      expect(isOwn(withBit(message, bit), signature), `bit ${bit} of the message`).toBe(false);
  });

  it('is told from that of another key, and from the half of another signature', () => {
    fc.assert(
      fc.property(seeds, seeds, messages, messages, (seed, otherSeed, message, other) => {
        fc.pre(!Buffer.from(seed).equals(otherSeed) && !Buffer.from(message).equals(other));
        const [key, otherKey] = [keyOf(seed), keyOf(otherSeed)];
        const [first, second] = [key.sign(message), key.sign(other)];
        expect(key.isOwn(message, otherKey.sign(message))).toBe(false);
        expect(key.isOwn(message, second)).toBe(false);
        expect(key.isOwn(message, Buffer.concat([first.subarray(0, 32), second.subarray(32)]))).toBe(false);
        expect(key.isOwn(message, Buffer.concat([second.subarray(0, 32), first.subarray(32)]))).toBe(false);
      }),
    );
  });

  it('is the only one: no second form of it, and nothing of another length', () => {
    const { sign: signs, isOwn } = keyOf(Buffer.alloc(32, 9));
    const message = Buffer.from('claims of a pass');
    const signature = signs(message);
    const second = BigInt(`0x${backwards(signature.subarray(32)).toString('hex')}`) + order;
    const bytes = backwards(Buffer.from(second.toString(16).padStart(64, '0'), 'hex'));
    expect(isOwn(message, Buffer.concat([signature.subarray(0, 32), bytes]))).toBe(false);
    expect(isOwn(message, Buffer.concat([signature, Buffer.alloc(1)]))).toBe(false);
    expect(isOwn(message, signature.subarray(0, 63))).toBe(false);
    expect(isOwn(message, Buffer.alloc(0))).toBe(false);
    expect(isOwn(message, Buffer.alloc(64))).toBe(false);
  });
});

const backwards = (bytes: Uint8Array): Buffer => Buffer.from([...bytes].toReversed());

const withBit = (bytes: Uint8Array, bit: number): Buffer => {
  const changed = Buffer.from(bytes);
  changed.writeUInt8(changed.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
  return changed;
};
