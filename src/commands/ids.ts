import { hash, randomBytes } from 'node:crypto';

/**
 * An id of our own for something a client named: the client's time (first 48 bits) keeps the log's index growing at
 * its end, the rest is a hash, so that no fair and no kind of fact can take another's id.
 * @returns a UUIDv7-shaped id; equal input gives an equal id.
 */
export function deriveId(fair: string, kind: string, clientId: string): string {
  const hex = hash('sha256', `${fair}\n${kind}\n${clientId}`, 'hex');
  const variant = ((Number.parseInt(hex.slice(3, 4), 16) & 0x3) | 0x8).toString(16);
  return `${clientId.slice(0, 13)}-7${hex.slice(0, 3)}-${variant}${hex.slice(4, 7)}-${hex.slice(7, 19)}`;
}

/**
 * A new id for something that no client named: UUIDv7 (RFC 9562).
 * @param now ms since 1970
 */
export function freshId(now: number): string {
  const time = now.toString(16).padStart(12, '0');
  const chance = randomBytes(10);
  const hex = chance.toString('hex');
  const variant = ((chance.readUInt8(2) & 0x3) | 0x8).toString(16);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex.slice(0, 3)}-${variant}${hex.slice(5, 8)}-${hex.slice(8, 20)}`;
}

/** Kinds of streams; each is described in ARCHITECTURE.md. */
export type StreamKind =
  | 'device'
  | 'pass'
  | 'scan'
  | 'walk-in'
  | 'group'
  | 'application'
  | 'booth'
  | 'catalogue'
  | 'catalogue-chunk'
  | 'stock-entry'
  | 'sale'
  | 'daily-figures';

/** The stream of something that has a client's id. */
export const streamOf = (fair: string, kind: StreamKind, clientId: string): string =>
  `${kind}-${deriveId(fair, kind, clientId)}`;

/** The stream of something named by a key that is no UUIDv7 (a booth's code); `near` lends the time prefix. */
export const keyedStreamOf = (fair: string, kind: StreamKind, key: string, near: string): string =>
  `${kind}-${deriveId(fair, `${kind}:${key}`, near)}`;

export const boothStream = (fair: string, code: string): string => keyedStreamOf(fair, 'booth', code, fair);

/** An exhibitor's statements about one local day, `yyyy-mm-dd`. */
export const dailyFiguresStream = (fair: string, { exhibitor, day }: { exhibitor: string; day: string }): string =>
  keyedStreamOf(fair, 'daily-figures', day, exhibitor);

export const fairStream = (fair: string): string => `fair-${fair}`;
