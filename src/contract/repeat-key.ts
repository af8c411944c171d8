import { z } from 'zod';

/**
 * A secret that whoever submits something makes by chance, at least 128 bits, and keeps: by it a repeat is known as
 * theirs, and gets the thing's own link again. Whoever repeats what was said without it gets nothing.
 */
export const RepeatKey = z
  .string()
  .regex(/^[\w-]{22,100}$/, 'must be 22 to 100 of A–Z a–z 0–9 - _, made by chance')
  .optional()
  .describe('Made by chance and kept by whoever submits; only a repeat with the same one gets the link');
