import { createPrivateKey, createPublicKey, hash, type KeyObject, randomBytes } from 'node:crypto';
import { NoteError } from './note-error.ts';

/** Signs notes in a name. `verifierKey` is what others check them with; `keyId` tells apart the keys of one name. */
export type NoteSigner = {
  readonly name: string;
  readonly keyId: number;
  readonly privateKey: KeyObject;
  readonly verifierKey: string;
};

/** What Ed25519 is called in a note (C2SP signed-note, “Signature types”). */
const ed25519 = 0x01;
const keyBytes = 32;
/** A private key in PKCS #8 is these bytes, and then its seed (RFC 8410 §7). */
const pkcs8Prefix = Buffer.from('302e020100300506032b657004220420', 'hex');

/** A new key. @param name without spaces and `+`; a log's origin */
export const newSignerKey = (name: string): string => writeSignerKey(name, randomBytes(keyBytes));

/** @throws for what is no signer key: `PRIVATE+KEY+name+id+base64(0x01 ‖ seed)`, as Go's sumdb/note writes it */
export function readSignerKey(text: string): NoteSigner {
  const [, name, id, base64 = ''] = /^PRIVATE\+KEY\+([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+=*)$/.exec(text) ?? [];
  const seed = keyIn(base64);
  if (name === undefined || !seed) throw new Error('this is no signing key: PRIVATE+KEY+name+id+key');
  const privateKey = createPrivateKey({ key: Buffer.concat([pkcs8Prefix, seed]), format: 'der', type: 'pkcs8' });
  const publicKey = createPublicKey(privateKey);
  const keyId = keyIdOf(name, publicKey);
  if (hex(keyId) !== id) throw new Error('the id of the signing key is not that of its name and key');
  return { name, keyId, privateKey, verifierKey: writeVerifierKey(name, publicKey) };
}

/** @throws NoteError for what is no verifier key: `name+id+base64(0x01 ‖ public key)` */
export function readVerifierKey(text: string): { readonly name: string; readonly publicKey: KeyObject } {
  const [, name, id, base64 = ''] = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+=*)$/.exec(text) ?? [];
  const bytes = keyIn(base64);
  if (name === undefined || !bytes) throw new NoteError('this is no verifier key: name+id+key');
  const publicKey = createPublicKey({
    format: 'jwk',
    key: { kty: 'OKP', crv: 'Ed25519', x: bytes.toString('base64url') },
  });
  if (hex(keyIdOf(name, publicKey)) !== id)
    throw new NoteError('the id of the verifier key is not that of its name and key');
  return { name, publicKey };
}

/** The first four bytes of SHA-256(name ‖ 0x0A ‖ 0x01 ‖ public key). */
export const keyIdOf = (name: string, publicKey: KeyObject): number =>
  hash('sha256', Buffer.concat([Buffer.from(`${name}\n`), typed(rawOf(publicKey))]), 'buffer').readUInt32BE();

const writeSignerKey = (name: string, seed: Buffer): string => {
  const privateKey = createPrivateKey({ key: Buffer.concat([pkcs8Prefix, seed]), format: 'der', type: 'pkcs8' });
  const id = hex(keyIdOf(name, createPublicKey(privateKey)));
  return `PRIVATE+KEY+${name}+${id}+${typed(seed).toString('base64')}`;
};

const writeVerifierKey = (name: string, publicKey: KeyObject): string =>
  `${name}+${hex(keyIdOf(name, publicKey))}+${typed(rawOf(publicKey)).toString('base64')}`;

/** The 32 bytes behind the type, where it is Ed25519. */
const keyIn = (base64: string): Buffer | undefined => {
  const bytes = Buffer.from(base64, 'base64');
  return bytes.length === 1 + keyBytes && bytes[0] === ed25519 ? bytes.subarray(1) : undefined;
};

const typed = (key: Buffer): Buffer => Buffer.concat([Buffer.from([ed25519]), key]);

const rawOf = (publicKey: KeyObject): Buffer => Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url');

const hex = (keyId: number): string => keyId.toString(16).padStart(8, '0');
