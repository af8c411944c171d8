import { z } from 'zod';
import { closedRefusals } from '../../events/fair.ts';
import { Category, Id, Moment, Persons, Reason } from '../../events/fields.ts';
import { issueRefusals } from '../../events/pass.ts';
import { Position, refused } from './answers.ts';
import { ownTimes } from './times.ts';

/** The token holds whole seconds, in 32 bits. */
const PassMoment = Moment.refine(
  (ms) => ms % 1000 === 0 && ms > 0 && ms < 2 ** 32 * 1000,
  'must be a whole second before 2106',
);

const terms = {
  category: Category,
  partySize: Persons.default(1),
  validFrom: PassMoment.optional(),
  validUntil: PassMoment.optional(),
};

type Validity = { readonly validFrom?: number | undefined; readonly validUntil?: number | undefined };
const isInOrder = ({ validFrom = 0, validUntil = Infinity }: Validity): boolean => validFrom < validUntil;
const order = { path: ['validUntil'], message: 'must be later than validFrom' };

/** What is printed: the QR code's text (version 9 at most, error correction Q, alphanumeric) and the code under it. */
const printed = { pass: Id, token: z.string(), shortCode: z.string() };

export const PassBody = z.strictObject(terms).refine(isInOrder, order);
export const PassIssued = z.union([
  z.object({
    outcome: z.literal('issued'),
    ...printed,
    category: Category,
    partySize: Persons,
    position: Position,
  }),
  refused(issueRefusals),
]);

export const batchPassesMax = 500;

export const BatchBody = z
  .strictObject({ ...terms, count: z.int().min(1).max(batchPassesMax) })
  .refine(isInOrder, order);
export const BatchIssued = z.union([
  z.object({
    outcome: z.literal('issued'),
    batch: Id,
    category: Category,
    partySize: Persons,
    passes: z.array(z.object(printed)),
    position: Position,
  }),
  refused(issueRefusals),
]);

export const PassRevocationBody = z.strictObject({ reason: Reason, ...ownTimes });
export const PassRevoked = z.object({ outcome: z.literal('revoked'), pass: Id, position: Position });

/** What a visitor may ask for without an account. */
export const PublicPassBody = z.strictObject({
  category: z.enum(['individual', 'pupil', 'family']).default('individual'),
  partySize: z.int().min(1).max(10).default(1),
});
export const PublicPass = z.union([
  z.object({ outcome: z.literal('taken'), ...printed, category: Category, partySize: Persons }),
  refused(closedRefusals),
]);
