import { sentenceOf } from '../../run-until-signal.ts';

/** Nothing could be compared, or not all of it: the database is away, or a file cannot be read. Nothing differs by that. */
export class CouldNotLook extends Error {
  override readonly name = 'CouldNotLook';
}

/** Whatever goes wrong while looking says nothing about what was looked at. */
export const couldNotLook = (cause: unknown): CouldNotLook =>
  cause instanceof CouldNotLook ? cause : new CouldNotLook(sentenceOf(cause), { cause });
