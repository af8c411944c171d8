import { bytesOf, hexOf } from './bytes.ts';

/** A signed tree head as C2SP tlog-checkpoint writes it. */
export type Checkpoint = {
  readonly origin: string;
  /** Leaves under the root. */
  readonly size: number;
  readonly root: Uint8Array<ArrayBuffer>;
  /** What the signatures sign. */
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
};

type NoteSignature = KeyName & { readonly signature: Uint8Array<ArrayBuffer> };

/** How a signature names its key: the name, and the first four bytes of the key's hash, in hexadecimal. */
type KeyName = { readonly name: string; readonly keyHash: string };

export type VerifierKey = KeyName & { readonly publicKey: Uint8Array<ArrayBuffer> };

/** @returns undefined for what is no checkpoint */
export function parseCheckpoint(note: string): Checkpoint | undefined {
  const end = note.lastIndexOf('\n\n');
  if (end < 0) return undefined;
  const text = note.slice(0, end + 1);
  const [origin = '', size = '', root = ''] = text.split('\n');
  const rootBytes = bytesOf(root);
  const signatures = note
    .slice(end + 2)
    .split('\n')
    .filter(Boolean)
    .map(parseSignature);
  if (origin === '' || !/^(0|[1-9]\d{0,14})$/.test(size) || rootBytes?.length !== hashBytes) return undefined;
  if (signatures.length === 0 || signatures.length > signaturesMax || signatures.includes(undefined)) return undefined;
  return {
    origin,
    size: Number(size),
    root: rootBytes,
    text,
    signatures: signatures.filter((line) => line !== undefined),
  };
}

/**
 * `name+hash+base64(0x01 ‖ public key)`, as C2SP signed-note writes an Ed25519 key.
 * @returns undefined for anything else
 */
export function parseVerifierKey(line: string): VerifierKey | undefined {
  const found = /^([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+=*)$/.exec(line.trim());
  const bytes = bytesOf(found?.[3] ?? '');
  if (found === null || bytes?.length !== 1 + keyBytes || bytes[0] !== ed25519) return undefined;
  return { name: found[1] ?? '', keyHash: found[2] ?? '', publicKey: bytes.slice(1) };
}

const hashBytes = 32;
const keyBytes = 32;
const keyHashBytes = 4;
const signaturesMax = 16;
/** The algorithm's number in C2SP signed-note. */
const ed25519 = 1;

function parseSignature(line: string): NoteSignature | undefined {
  const found = /^\u2014 ([^+\s]+) ([A-Za-z0-9+/]+=*)$/.exec(line);
  const bytes = bytesOf(found?.[2] ?? '');
  if (found === null || bytes === undefined || bytes.length <= keyHashBytes) return undefined;
  return { name: found[1] ?? '', keyHash: hexOf(bytes.slice(0, keyHashBytes)), signature: bytes.slice(keyHashBytes) };
}
