import type { Category } from '../../events/fields.ts';
import { fromBase45, toBase45 } from './base45.ts';

/** What a pass says of itself. No name, phone, class or ID number: nothing that could be personal. */
export type PassClaims = {
  readonly fair: string;
  readonly pass: string;
  /** Whether it was issued, or taken by scanning a gate's poster. */
  readonly source: 'pass' | 'poster';
  readonly category: Category;
  readonly partySize: number;
  /** The first and the last moment at which it lets in, ms since 1970; null for no bound. Whole seconds, until the year 2106. */
  readonly validFrom: number | null;
  readonly validUntil: number | null;
};

/** A token that was read, but not checked: whoever lets it in verifies `signature` over `signed` with the fair's key. */
export type ReadToken = { readonly claims: PassClaims; readonly signed: Bytes; readonly signature: Bytes };

type Bytes = Uint8Array<ArrayBuffer>;

/*
 * version 1 (1 byte) | fair (16) | pass (16) | kind (1): category in the low four bits, then poster, then validity |
 * party size (2) | validity (0, or 4 + 4: seconds since 1970, 0 for none) | Ed25519 signature (64).
 * In base45 behind `HS:` that is 153 characters, with validity 165: a QR code of version 8 (49 modules) or 9 (53) at
 * error correction Q (ISO/IEC 18004: 157 and 189 alphanumeric characters).
 */
const prefix = 'HS:';
const version = 1;
const headLength = 36;
const validityLength = 8;
const signatureLength = 64;
const posterBit = 0x10;
const validityBit = 0x20;

/** Their numbers are printed on passes: new ones are added at the end. */
const categories = [
  'individual',
  'pupil',
  'family',
  'delegate',
  'staff',
  'exhibitor',
  'press',
  'contractor',
] as const satisfies readonly Category[];

/** The bytes that are signed, with a key that signs nothing but passes. */
export function signedPart(claims: PassClaims): Bytes {
  const hasValidity = claims.validFrom !== null || claims.validUntil !== null;
  const bytes = new Uint8Array(headLength + (hasValidity ? validityLength : 0));
  const view = new DataView(bytes.buffer);
  view.setUint8(0, version);
  bytes.set(idBytes(claims.fair), 1);
  bytes.set(idBytes(claims.pass), 17);
  const flags = (claims.source === 'poster' ? posterBit : 0) | (hasValidity ? validityBit : 0);
  view.setUint8(33, categories.indexOf(claims.category) | flags);
  view.setUint16(34, claims.partySize);
  if (hasValidity) {
    view.setUint32(36, (claims.validFrom ?? 0) / 1000);
    view.setUint32(40, (claims.validUntil ?? 0) / 1000);
  }
  return bytes;
}

/** What is printed in the QR code. */
export function passToken(signed: Uint8Array, signature: Uint8Array): string {
  const bytes = new Uint8Array(signed.length + signature.length);
  bytes.set(signed);
  bytes.set(signature, signed.length);
  return prefix + toBase45(bytes);
}

/** Reads a code; undefined for one that is no pass of any fair of ours. */
export function readPassToken(text: string): ReadToken | undefined {
  const bytes = text.startsWith(prefix) ? fromBase45(text.slice(prefix.length)) : undefined;
  if (!bytes || bytes.length < headLength + signatureLength) return undefined;
  const signed = bytes.slice(0, -signatureLength);
  const claims = readClaims(signed);
  return claims && { claims, signed, signature: bytes.slice(-signatureLength) };
}

function readClaims(signed: Bytes): PassClaims | undefined {
  const view = new DataView(signed.buffer);
  const kind = view.getUint8(33);
  const category = categories[kind & 0x0f];
  const partySize = view.getUint16(34);
  const hasValidity = (kind & validityBit) !== 0;
  const isWhole = signed.length === headLength + (hasValidity ? validityLength : 0);
  if (view.getUint8(0) !== version || kind >= 0x40 || category === undefined || partySize === 0 || !isWhole)
    return undefined;
  return {
    fair: idText(signed.subarray(1, 17)),
    pass: idText(signed.subarray(17, 33)),
    source: (kind & posterBit) === 0 ? 'pass' : 'poster',
    category,
    partySize,
    validFrom: hasValidity ? momentAt(view, 36) : null,
    validUntil: hasValidity ? momentAt(view, 40) : null,
  };
}

const momentAt = (view: DataView, at: number): number | null => view.getUint32(at) * 1000 || null;

const idBytes = (id: string): number[] =>
  (id.replaceAll('-', '').match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16));

/** 16 bytes as a UUID. */
function idText(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < 16; at += 1) text += (dashesBefore.has(at) ? '-' : '') + pairs[bytes[at] ?? 0];
  return text;
}

const dashesBefore = new Set([4, 6, 8, 10]);
/** Each byte in hexadecimal. */
const pairs = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
