import { Role } from '../../events/envelope.ts';
import type { SecretKind } from './secrets.ts';

/** Whom a secret stands for. */
export type Credential = {
  readonly actor: { readonly role: Role; readonly id: string };
  /** The only fair it is good for; null where it is good for all. */
  readonly fair: string | null;
  /** SHA-256 of the secret, base64url: names the credential without giving it away. */
  readonly credential: string;
  readonly expiresAt: number | null;
  /** What it was asked for with, empty for one that nobody named. */
  readonly name: string;
};

export type NewCredential = {
  readonly secret: string;
  readonly kind: SecretKind;
  readonly role: Role;
  readonly fair: string | null;
  /** The lasting reference of the holder, whatever token or session is used. */
  readonly subject: string;
  /** Milliseconds since 1970; null for one that lasts until it is revoked. */
  readonly expiresAt: number | null;
  /** The link that a session was opened with, and dies with. */
  readonly openedBy?: string;
};

/** What a credential was asked for with. */
export type Asking = {
  /** The id it can be revoked by, unique in its fair. */
  readonly name: string;
  /** Who asked, and what for; the same again is a repeat. */
  readonly digest: string;
};

export type Issued =
  | { readonly outcome: 'issued'; readonly expiresAt: number | null }
  | { readonly outcome: 'name-taken' };

export type Known = Credential & { readonly kind: string };

export const columns = ['secret_hash', 'kind', 'role', 'fair', 'subject', 'name', 'expires_at'] as const;

export type Row = {
  secret_hash: Buffer;
  kind: string;
  role: string;
  fair: string | null;
  subject: string;
  name: string | null;
  expires_at: Date | null;
};

export const toKnown = (row: Row): Known => ({
  kind: row.kind,
  actor: { role: Role.parse(row.role), id: row.subject },
  fair: row.fair,
  name: row.name ?? '',
  credential: row.secret_hash.toString('base64url'),
  expiresAt: row.expires_at?.getTime() ?? null,
});
