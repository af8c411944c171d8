import { sql } from 'kysely';
import { Role } from '../../events/envelope.ts';
import type { Database } from '../database/connect.ts';
import { batchedLookup } from './batched-lookup.ts';
import { hashOf, type SecretKind } from './secrets.ts';

/** Whom a secret stands for. */
export type Credential = {
  readonly actor: { readonly role: Role; readonly id: string };
  /** The only fair it is good for; null where it is good for all. */
  readonly fair: string | null;
  /** SHA-256 of the secret, base64url: names the credential without giving it away. */
  readonly credential: string;
  readonly expiresAt: number | null;
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
  /** The id it can be revoked by. */
  readonly name?: string;
};

type Known = Credential & { readonly kind: string };

/** Tokens, sessions, one-time secrets and links. Every look-up asks the database, so that what is revoked is dead at once on every node. */
export class Credentials {
  readonly #database: Database;
  readonly #clock: () => number;
  readonly #find: (hash: string) => Promise<Known | undefined>;

  constructor(database: Database, clock: () => number) {
    this.#database = database;
    this.#clock = clock;
    this.#find = batchedLookup((hashes) => this.#query(hashes));
  }

  /** A token, or a lasting link used as one. */
  ofBearer(secret: string): Promise<Credential | undefined> {
    return this.#of(secret, ['token', 'link']);
  }

  ofSession(secret: string): Promise<Credential | undefined> {
    return this.#of(secret, ['session']);
  }

  ofLink(secret: string): Promise<Credential | undefined> {
    return this.#of(secret, ['link']);
  }

  /** Keeps a credential; one whose secret is there already stays as it is. */
  async issue(credential: NewCredential): Promise<void> {
    await this.#database
      .insertInto('credentials')
      .values({
        secret_hash: hashOf(credential.secret),
        kind: credential.kind,
        role: credential.role,
        fair: credential.fair,
        subject: credential.subject,
        name: credential.name ?? null,
        created_at: new Date(this.#clock()),
        expires_at: credential.expiresAt === null ? null : new Date(credential.expiresAt),
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }

  /** Uses a one-time secret up. Of several who try at once exactly one gets it. */
  async consume(secret: string, kind: 'sign-in' | 'enrolment'): Promise<Credential | undefined> {
    const now = new Date(this.#clock());
    const row = await this.#database
      .updateTable('credentials')
      .set({ used_at: now })
      .where('secret_hash', '=', hashOf(secret))
      .where('kind', '=', kind)
      .where('used_at', 'is', null)
      .where('revoked_at', 'is', null)
      .where((has) => has.or([has('expires_at', 'is', null), has('expires_at', '>', now)]))
      .returning(columns)
      .executeTakeFirst();
    return row && toKnown(row);
  }

  /** Kills everything that a holder has in a fair, on all nodes, from the next request on. */
  async revokeHolder({ fair, role, subject }: { fair: string; role: Role; subject: string }): Promise<void> {
    await this.#database
      .updateTable('credentials')
      .set({ revoked_at: new Date(this.#clock()) })
      .where('subject', '=', subject)
      .where('fair', '=', fair)
      .where('role', '=', role)
      .where('revoked_at', 'is', null)
      .execute();
  }

  /** Kills one credential; signing out does it to a session. */
  async revoke(credential: string): Promise<void> {
    await this.#database
      .updateTable('credentials')
      .set({ revoked_at: new Date(this.#clock()) })
      .where('secret_hash', '=', Buffer.from(credential, 'base64url'))
      .where('revoked_at', 'is', null)
      .execute();
  }

  async #of(secret: string, kinds: readonly string[]): Promise<Credential | undefined> {
    const found = await this.#find(hashOf(secret).toString('base64url'));
    if (!found || !kinds.includes(found.kind)) return undefined;
    return found.expiresAt === null || found.expiresAt > this.#clock() ? found : undefined;
  }

  async #query(hashes: readonly string[]): Promise<ReadonlyMap<string, Known>> {
    const keys = hashes.map((hash) => Buffer.from(hash, 'base64url'));
    const rows = await this.#database
      .selectFrom('credentials')
      .select(columns)
      .where('secret_hash', '=', sql<Buffer>`any(${keys})`)
      .where('revoked_at', 'is', null)
      .execute();
    return new Map(rows.map(toKnown).map((known) => [known.credential, known]));
  }
}

const columns = ['secret_hash', 'kind', 'role', 'fair', 'subject', 'expires_at'] as const;

type Row = {
  secret_hash: Buffer;
  kind: string;
  role: string;
  fair: string | null;
  subject: string;
  expires_at: Date | null;
};

const toKnown = (row: Row): Known => ({
  kind: row.kind,
  actor: { role: Role.parse(row.role), id: row.subject },
  fair: row.fair,
  credential: row.secret_hash.toString('base64url'),
  expiresAt: row.expires_at?.getTime() ?? null,
});
