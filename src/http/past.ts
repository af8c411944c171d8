import { z } from 'zod';
import { isMoment } from '../../events/fields.ts';
import { lookBack, type Then } from '../figures/travel/look-back.ts';
import { positionAt } from '../figures/travel/position-at.ts';
import { type Caller, staffRoles } from './caller.ts';
import { badRequest } from './field-errors.ts';
import { knownFair } from './known-fair.ts';
import type { Ports } from './ports.ts';
import { type FieldError, Problem } from './problems.ts';
import { reached } from './reached.ts';

/** Where nobody wrote the plus of an offset as `%2B`, a blank arrives. */
const moment = z
  .string()
  .transform((text) => text.replace(/ (?=\d\d:\d\d$)/, '+'))
  .pipe(
    z.iso.datetime({
      offset: true,
      error: 'must be a moment with its offset, such as 2026-04-21T17:00:00+07:00 or 2026-04-21T10:00:00Z',
    }),
  )
  .transform((text) => Date.parse(text))
  .refine(isMoment, 'must lie in the years 1970 to 9999')
  .optional();

/** For reads of figures that can be asked about the past; viewers and more may. */
export const pastMoments = {
  asOf: moment.describe(
    'True at: what happens later is left out. Undos and acceptances hold whenever they were said, and so do the settings of the fair; a daily statement holds from the end of its day, a catalogue from the end of its upload, a correction from when it was made. RFC 3339 with offset, not in the future.',
  ),
  knownAt: moment.describe(
    'Known at: what the log learnt later is left out, and figures that were closed then are those of the closing. RFC 3339 with offset, not in the future.',
  ),
};

type PastQuery = { readonly asOf?: number | undefined; readonly knownAt?: number | undefined };

/** The moments of an answer about the past, in ms: all that is told was true by `asOf`, and known by `knownAt`. */
export type Past = {
  readonly asOf: number;
  readonly knownAt: number;
  /** What was asked for; without it nothing is left out that was known. */
  readonly trueAt: number | undefined;
};

export const asksPast = ({ asOf, knownAt }: PastQuery): boolean => asOf !== undefined || knownAt !== undefined;

type Asking = {
  readonly fair: string;
  readonly query: PastQuery & { readonly after?: number | undefined };
  readonly caller: Caller;
  /** ms */
  readonly now: number;
};

/**
 * Reads the tables of a fair as they were. Dear: each question adds up all that a fair ever counted.
 * @throws Problem 403 for everybody but viewers and more; 400 for moments to come; 404 for a fair that does not exist;
 *   429 for who asks too often, or while others ask; 503 while nothing was ever counted
 */
export async function inThePast<Answer>(
  ports: Pick<Ports, 'fairs' | 'store' | 'progress' | 'projections' | 'limits'>,
  { fair, query, caller, now }: Asking,
  read: (then: Then, past: Past) => Promise<Answer>,
): Promise<Answer> {
  if (!staffRoles.includes(caller.actor.role))
    throw new Problem('forbidden', { detail: 'Figures of the past are for those who see all figures of the fair.' });
  refuseFuture(query, now);
  await knownFair(ports, fair);
  const place = ports.limits.lookBack(caller);
  if (typeof place !== 'function') throw new Problem('too-many-requests', place);
  try {
    const { asOf: trueAt, knownAt = now, after } = query;
    const known =
      query.knownAt === undefined ? undefined : await positionAt(ports.store, knownAt, await ports.store.head());
    await reached(ports, { after: Math.max(after ?? 0, known ?? 0) });
    const past = { asOf: Math.min(trueAt ?? knownAt, knownAt), knownAt, trueAt };
    const { projections: db, store: log } = ports;
    const answer = await lookBack({ db, log }, { fair, trueAt, known }, async (then) => ({
      read: await read(then, past),
    }));
    if (!answer) throw new Problem('busy', { retryAfterSeconds: 1, detail: 'Nothing of this log was counted yet.' });
    return answer.read;
  } finally {
    place();
  }
}

function refuseFuture(query: PastQuery, now: number): void {
  const errors: FieldError[] = (['asOf', 'knownAt'] as const)
    .filter((name) => (query[name] ?? 0) > now)
    .map((name) => ({ path: `query.${name}`, message: 'must not lie in the future' }));
  if (errors.length > 0) throw badRequest(errors);
}

/** As they are told in an answer. */
export const pastOf = ({ asOf, knownAt }: Past): { readonly asOf: string; readonly knownAt: string } => ({
  asOf: new Date(asOf).toISOString(),
  knownAt: new Date(knownAt).toISOString(),
});

/** @throws Problem 404, of a fair that was created later */
export function nothingKnown(): never {
  throw new Problem('not-found', { detail: 'Nothing was known of this fair then.' });
}
