import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { Category } from '../../events/fields.ts';
import type { Database } from '../database/connect.ts';
import type { PassClaims } from '../domain/pass-token.ts';
import { shortCodeOf } from '../domain/short-code.ts';
import type { Keyring } from '../keys/keyring.ts';

/**
 * The 8 characters under a pass's QR code. A code follows from the pass and a key of ours, so that asking twice gives the
 * same one; the database holds a keyed hash of it and what the pass says of itself.
 */
export class ShortCodes {
  readonly #database: Database;
  readonly #key: Buffer;

  constructor(database: Database, keyring: Keyring) {
    this.#database = database;
    this.#key = keyring.keyFor('short-codes');
  }

  /** The code of a pass, unique in its fair: the first of the pass's candidates that stands for no other pass. */
  async codeOf(claims: PassClaims): Promise<string> {
    const [code = ''] = await this.codesOf(claims.fair, [claims]);
    return code;
  }

  /** The codes of many passes of one fair, in their order. */
  async codesOf(fair: string, passes: readonly PassClaims[]): Promise<string[]> {
    const codes = new Map<string, string>();
    for (let attempt = 0; attempt < attemptsMax; attempt += 1) {
      const tried = passes
        .filter(({ pass }) => !codes.has(pass))
        .map((claims) => ({ claims, code: this.#candidate(claims, attempt) }));
      if (tried.length === 0) return passes.map(({ pass }) => codes.get(pass) ?? '');
      const standing = await this.#standingFor(fair, tried);
      for (const { claims, code } of tried) if (standing.get(code) === claims.pass) codes.set(claims.pass, code);
    }
    throw new Error(`no short code is left for a pass of ${fair}`);
  }

  /** What the pass of a code says of itself; undefined for a code that stands for none. */
  async resolve(fair: string, code: string): Promise<PassClaims | undefined> {
    const row = await this.#database
      .selectFrom('short_codes')
      .select(['pass', 'details'])
      .where('fair', '=', fair)
      .where('code_hash', '=', this.#hash(fair, code))
      .executeTakeFirst();
    return row && { fair, pass: row.pass, ...Details.parse(row.details) };
  }

  /** Puts codes in for their passes where they are free. @returns for which pass each stands then */
  async #standingFor(
    fair: string,
    tried: readonly { readonly claims: PassClaims; readonly code: string }[],
  ): Promise<ReadonlyMap<string, string>> {
    const codeOfHash = new Map(tried.map(({ code }) => [this.#hash(fair, code).toString('hex'), code]));
    // In one order for everybody, so that two who put in the same codes at once wait for each other in turn.
    const rows = tried
      .map(({ claims: { fair: its, pass, ...details }, code }) => ({
        fair: its,
        code_hash: this.#hash(its, code),
        pass,
        details: JSON.stringify(details),
      }))
      .toSorted((a, b) => a.code_hash.compare(b.code_hash));
    await this.#database
      .insertInto('short_codes')
      .values(rows)
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    const standing = await this.#database
      .selectFrom('short_codes')
      .select(['code_hash', 'pass'])
      .where('fair', '=', fair)
      .where(
        'code_hash',
        'in',
        rows.map(({ code_hash }) => code_hash),
      )
      .execute();
    return new Map(standing.map(({ code_hash, pass }) => [codeOfHash.get(code_hash.toString('hex')) ?? '', pass]));
  }

  #candidate({ fair, pass }: PassClaims, attempt: number): string {
    return shortCodeOf([...this.#mac(`${fair} ${pass} ${attempt}`).subarray(0, 7)]);
  }

  #hash(fair: string, code: string): Buffer {
    return this.#mac(`${fair} ${code}`);
  }

  #mac(text: string): Buffer {
    return createHmac('sha256', this.#key).update(text).digest();
  }
}

/** 32⁷ codes: at a million passes a candidate is taken once in 34.000 times, so that the second is nearly always free. */
const attemptsMax = 20;

const Details = z.object({
  source: z.enum(['pass', 'poster']),
  category: Category,
  partySize: z.int().min(1),
  validFrom: z.number().nullable(),
  validUntil: z.number().nullable(),
});
