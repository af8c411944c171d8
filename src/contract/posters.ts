import { z } from 'zod';
import { Code } from '../../events/fields.ts';
import { Time } from './answers.ts';

/** What a gate's poster shows, as text of its QR code. */
export const Poster = z.object({
  gate: Code,
  /** Changes every 30 seconds; ask again before then. It is good for as long once more. */
  screen: z.object({ code: z.string(), validUntil: Time }),
  /** Never changes; null for a gate that has no printed poster. */
  print: z.object({ code: z.string() }).nullable(),
});
