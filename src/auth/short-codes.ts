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
    for (let attempt = 0; attempt < attemptsMax; attempt += 1) {
      const code = this.#candidate(claims, attempt);
      if (await this.#standsFor(code, claims)) return code;
    }
    throw new Error(`no short code is left for a pass of ${claims.fair}`);
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

  async #standsFor(code: string, { fair, pass, ...details }: PassClaims): Promise<boolean> {
    const code_hash = this.#hash(fair, code);
    await this.#database
      .insertInto('short_codes')
      .values({ fair, code_hash, pass, details: JSON.stringify(details) })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    const row = await this.#database
      .selectFrom('short_codes')
      .select('pass')
      .where('fair', '=', fair)
      .where('code_hash', '=', code_hash)
      .executeTakeFirst();
    return row?.pass === pass;
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
