import { z } from 'zod';
import { Category, Direction, Id, Persons, place } from './fields.ts';

export const walkInEvents = {
  /** One press of +1, +5 or +10 for people without a pass. */
  WalkInsCounted: z.strictObject({ count: Id, ...place, direction: Direction, category: Category, persons: Persons }),
};
