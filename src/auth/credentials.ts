import { CompiledQuery, type Expression, type ExpressionBuilder, sql, type SqlBool } from 'kysely';
import type { Role } from '../../events/envelope.ts';
import type { Database } from '../database/connect.ts';
import type { Tables } from '../database/tables.ts';
import { batchedLookup } from './batched-lookup.ts';
import {
  type Asking,
  columns,
  type Credential,
  type Issued,
  type Known,
  type NewCredential,
  type Row,
  toKnown,
} from './credential.ts';
import { hashOf, hashTextOf, hasSecretForm } from './secrets.ts';

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

  /** Whether a credential is still good; for what was opened with it and stays open. */
  async isGood(credential: string): Promise<boolean> {
    const found = await this.#find(credential);
    return found !== undefined && this.#isInTime(found);
  }

  /** Whether anybody has signed in as this, or has a token for it. */
  async someoneIs(role: Role): Promise<boolean> {
    const found = await this.#database
      .selectFrom('credentials')
      .select('kind')
      .where('role', '=', role)
      .where('kind', 'in', ['token', 'session'])
      .limit(1)
      .executeTakeFirst();
    return found !== undefined;
  }

  async issue(credential: NewCredential): Promise<void> {
    await this.#database.insertInto('credentials').values(this.#row(credential)).execute();
  }

  /**
   * Keeps a credential that somebody asked for by name. Its secret follows from the name, so that the same asking again
   * gets the same one.
   * @returns the moment it expires, fixed by the first asking; `name-taken` where the name was given to another one.
   */
  async issueNamed(credential: NewCredential, { name, digest }: Asking): Promise<Issued> {
    const inserted = await this.#database
      .insertInto('credentials')
      .values({ ...this.#row(credential), name, digest })
      .onConflict((conflict) => conflict.doNothing())
      .returning('name')
      .executeTakeFirst();
    if (inserted) return { outcome: 'issued', expiresAt: credential.expiresAt };
    const first = await this.#database
      .selectFrom('credentials')
      .select(['digest', 'expires_at'])
      .where('name', '=', name)
      .where('fair', 'is not distinct from', credential.fair)
      .executeTakeFirst();
    if (first?.digest !== digest) return { outcome: 'name-taken' };
    return { outcome: 'issued', expiresAt: first.expires_at?.getTime() ?? null };
  }

  /** Kills the credential of a name, and the sessions it opened. @returns whether there is one. */
  async revokeNamed(fair: string, name: string): Promise<boolean> {
    const named = await this.#database
      .selectFrom('credentials')
      .select('secret_hash')
      .where('fair', '=', fair)
      .where('name', '=', name)
      .executeTakeFirst();
    if (!named) return false;
    await this.#revokeWhere((has) =>
      has.or([has('secret_hash', '=', named.secret_hash), has('opened_by', '=', named.secret_hash)]),
    );
    return true;
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
    await this.#revokeWhere((has) => has.and({ subject, fair, role }));
  }

  /** Makes this the only credential of its holder in its fair; of several that come at once the last one stays. */
  async replaceHolder(credential: NewCredential & { readonly fair: string }): Promise<void> {
    const { fair, role, subject } = credential;
    await this.#database.transaction().execute(async (transaction) => {
      const holder = `${fair} ${role} ${subject}`;
      await sql`select pg_advisory_xact_lock(hashtext('credentials'), hashtext(${holder}))`.execute(transaction);
      await this.#revokeWhere((has) => has.and({ subject, fair, role }), transaction);
      await transaction.insertInto('credentials').values(this.#row(credential)).execute();
    });
  }

  /** Kills one credential; signing out does it to a session. */
  async revoke(credential: string): Promise<void> {
    await this.#revokeWhere((has) => has('secret_hash', '=', Buffer.from(credential, 'base64url')));
  }

  /**
   * Removes sessions and links that ended a month ago. What somebody asked for by name stays: a late repeat of that must
   * not bring it to life again.
   * @returns how many
   */
  async forgetOld(): Promise<number> {
    const monthAgo = new Date(this.#clock() - monthMs);
    const { numDeletedRows } = await this.#database
      .deleteFrom('credentials')
      .where('name', 'is', null)
      .where((has) =>
        has.or([has('expires_at', '<', monthAgo), has('used_at', '<', monthAgo), has('revoked_at', '<', monthAgo)]),
      )
      .executeTakeFirstOrThrow();
    return Number(numDeletedRows);
  }

  async #revokeWhere(
    which: (has: ExpressionBuilder<Tables, 'credentials'>) => Expression<SqlBool>,
    database = this.#database,
  ): Promise<void> {
    await database
      .updateTable('credentials')
      .set({ revoked_at: new Date(this.#clock()) })
      .where('revoked_at', 'is', null)
      .where(which)
      .execute();
  }

  #row(credential: NewCredential) {
    return {
      secret_hash: hashOf(credential.secret),
      kind: credential.kind,
      role: credential.role,
      fair: credential.fair,
      subject: credential.subject,
      opened_by: credential.openedBy === undefined ? null : Buffer.from(credential.openedBy, 'base64url'),
      created_at: new Date(this.#clock()),
      expires_at: credential.expiresAt === null ? null : new Date(credential.expiresAt),
    };
  }

  async #of(secret: string, kinds: readonly string[]): Promise<Credential | undefined> {
    if (!hasSecretForm(secret)) return undefined;
    const found = await this.#find(hashTextOf(secret));
    if (!found || !kinds.includes(found.kind)) return undefined;
    return this.#isInTime(found) ? found : undefined;
  }

  #isInTime({ expiresAt }: Known): boolean {
    return expiresAt === null || expiresAt > this.#clock();
  }

  async #query(hashes: readonly string[]): Promise<ReadonlyMap<string, Known>> {
    const keys = hashes.map((hash) => Buffer.from(hash, 'base64url'));
    const { rows } = await this.#database.executeQuery<Row>(CompiledQuery.raw(findByHash, [keys]));
    return new Map(rows.map(toKnown).map((known) => [known.credential, known]));
  }
}

/** Asked for every request, and so not put together anew each time. */
const findByHash = `select ${columns.join(', ')} from credentials where secret_hash = any($1) and revoked_at is null`;

const monthMs = 30 * 86_400_000;
