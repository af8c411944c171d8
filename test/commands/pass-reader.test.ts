import { generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { ownSignatures } from '../../src/auth/own-signature.ts';
import { PassReader } from '../../src/commands/pass-reader.ts';
import { type PassClaims, passToken, signedPart } from '../../src/domain/pass-token.ts';
import { fairId, idOf } from '../support/facts.ts';

const keys = () => {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  return { passKey: publicKey.export({ format: 'jwk' }).x ?? '', privateKey };
};
const [ours, theirs] = [keys(), keys()];
const claims: PassClaims = {
  fair: fairId,
  pass: idOf(1),
  source: 'poster',
  category: 'family',
  partySize: 4,
  validFrom: null,
  validUntil: 1_800_000_000_000,
};
const tokenBy = ({ privateKey }: typeof ours, about: Partial<PassClaims> = {}) => {
  const signed = signedPart({ ...claims, ...about });
  return passToken(signed, sign(null, signed, privateKey));
};
const isOwnOf = ({ passKey, privateKey }: typeof ours) => {
  const seed = Buffer.from(privateKey.export({ format: 'jwk' }).d ?? '', 'base64url');
  return ownSignatures(seed, Buffer.from(passKey, 'base64url'));
};
const at = { fair: fairId, passKey: ours.passKey };

describe('a pass at the gate', () => {
  it('is read where the fair’s key has signed it, again and again', () => {
    const reader = new PassReader();
    for (const pass of [idOf(1), idOf(2), idOf(1)]) {
      const read = reader.read(tokenBy(ours, { pass }), at);
      expect(read).toEqual({ is: 'pass', claims: { ...claims, pass }, trust: 'verified' });
    }
  });

  it('is unknown where another key has, or a character was changed', () => {
    const reader = new PassReader();
    const token = tokenBy(ours);
    expect(reader.read(tokenBy(theirs), at)).toEqual({ is: 'no-pass', reason: 'unknown-pass' });
    for (let place = 3; place < token.length; place += 7) {
      const other = token[place] === '0' ? '1' : '0';
      const read = reader.read(token.slice(0, place) + other + token.slice(place + 1), at);
      expect(read.is, `changed at ${place}`).toBe('no-pass');
    }
  });

  it('of another fair is told apart', () => {
    const read = new PassReader().read(tokenBy(theirs, { fair: idOf(2) }), at);
    expect(read).toEqual({ is: 'no-pass', reason: 'other-fair' });
  });

  it('is told from a forged one in the same way where this server holds the private half', () => {
    const holding = { ...at, isOwn: isOwnOf(ours) };
    const verified = { is: 'pass', claims, trust: 'verified' };
    expect(new PassReader().read(tokenBy(ours), holding)).toEqual(verified);
    const forged = { is: 'no-pass', reason: 'unknown-pass' };
    expect(new PassReader().read(tokenBy(theirs), holding)).toEqual(forged);
    // Whatever this server would have signed, the fair's public key has the last word.
    const another = { ...at, isOwn: () => false };
    expect(new PassReader().read(tokenBy(ours), another)).toEqual(verified);
    expect(new PassReader().read(tokenBy(theirs), another)).toEqual(forged);
  });
});
