import { hkdfSync } from 'node:crypto';

/** Keys for each purpose, all from one master key that never leaves this object. */
export type Keyring = {
  /** 32 bytes, the same for the same purpose as long as the master key is the same. */
  keyFor(purpose: KeyPurpose): Buffer;
};

export type KeyPurpose =
  | 'check'
  | 'contacts'
  | 'pass-keys'
  | 'links'
  | 'visitor-cookie'
  | 'short-codes'
  | 'poster-codes'
  | 'shown-codes';

/** @param master 32 bytes of chance */
export function keyringOf(master: Buffer): Keyring {
  const derived = new Map<KeyPurpose, Buffer>();
  return {
    keyFor(purpose) {
      const known = derived.get(purpose);
      if (known) return known;
      const key = Buffer.from(hkdfSync('sha256', master, '', `hoi-sach ${purpose}`, 32));
      derived.set(purpose, key);
      return key;
    },
  };
}
