import { z } from 'zod';
import { Id } from './fields.ts';

const Word = z.string().regex(/^[a-z]+(-[a-z]+)*$/, 'must be lower-case words joined by -');

export const refusalEvents = {
  /**
   * A no that is given again to every later copy of the same request, whatever has changed meanwhile. It stands in the
   * stream that decided, under the id that the fact would have had; it changes no state and counts in no figure.
   */
  RequestRefused: z.strictObject({
    /** What the id names, as commands call it. */
    kind: Word.max(40),
    /** The client's. */
    id: Id,
    reason: Word.max(60),
  }),
};
