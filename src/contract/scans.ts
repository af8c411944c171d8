import { z } from 'zod';
import { Category, Code, Direction, Id, line, Persons } from '../../events/fields.ts';
import { acceptanceRefusals, Refusal, refusals } from '../../events/pass.ts';
import { Position, refused, Time } from './answers.ts';
import { deviceTimes } from './times.ts';

/** The text that the camera read. Anything can be held in front of it, so it is not kept. */
export const Token = z
  .string()
  .min(1)
  .max(1000)
  .refine((text) => text.isWellFormed(), 'must not contain half a surrogate pair');
export const ShortCode = line(20);

const Told = z
  .discriminatedUnion('outcome', [
    z.strictObject({ outcome: z.enum(['admitted', 'admitted-again', 'left']) }),
    z.strictObject({ outcome: z.literal('refused'), reason: Refusal }),
  ])
  .describe('the outcome that the device has shown already: {outcome}, and for refused the reason');

export const ScanBody = z
  .strictObject({
    token: Token.optional(),
    shortCode: ShortCode.optional(),
    gate: Code,
    direction: Direction,
    persons: Persons.optional().describe('How many of the party; all of it when absent'),
    ...deviceTimes,
    decided: Told.optional(),
  })
  .refine(({ token, shortCode }) => (token === undefined) !== (shortCode === undefined), {
    path: ['token'],
    message: 'either token or shortCode is needed, not both',
  })
  .refine(({ direction, decided }) => isPossible(direction, decided?.outcome), {
    path: ['decided', 'outcome'],
    message: 'must be one of this direction: admitted or admitted-again is in, left is out',
  });

const isPossible = (direction: Direction, outcome: z.infer<typeof Told>['outcome'] | undefined): boolean =>
  outcome === undefined || outcome === 'refused' || (outcome === 'left') === (direction === 'out');

const First = z.object({ occurredAt: Time, gate: Code });
const about = {
  scan: Id,
  pass: Id.nullable(),
  gate: Code,
  decidedBy: z.enum(['device', 'server']),
  occurredAt: Time,
  skewSeconds: z.int(),
  position: Position,
};
const letIn = {
  ...about,
  persons: Persons,
  category: Category,
  partySize: Persons,
  /** An unverified scan counts once the organiser accepts it. */
  trust: z.enum(['verified', 'unverified']),
};

const Admitted = z.object({ outcome: z.enum(['admitted', 'admitted-again']), ...letIn, first: First.optional() });

export const ScanAnswer = z.union([
  Admitted,
  z.object({ outcome: z.literal('left'), ...letIn }),
  z.object({ outcome: z.literal('refused'), reason: Refusal, ...about, first: First.optional() }),
]);

export const PosterScanBody = z.strictObject({
  posterCode: line(60),
  persons: z.int().min(1).max(10).optional(),
  ...deviceTimes,
});
/** `token` is the pass with which the phone was let in; its cookie holds it too. */
export const PosterScanAnswer = z.union([Admitted.extend({ token: z.string() }), refused(refusals)]);

/** `pass` as the scan's answer gave it: null, or absent, for a scan of no known pass. */
export const AcceptanceBody = z.strictObject({ pass: Id.nullable().default(null) });
export const ScanAccepted = z.union([
  z.object({ outcome: z.literal('accepted'), scan: Id, position: Position }),
  refused(acceptanceRefusals),
]);
