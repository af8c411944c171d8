import { z } from 'zod';

/** What a thread is told to fold. */
export const LaneTask = z.object({
  lane: z.int().nonnegative(),
  /** Of the application's role. */
  url: z.string(),
  lease: z.object({ generation: z.int(), holder: z.string(), epoch: z.int() }),
  upTo: z.int().nonnegative(),
  silentSecondsMax: z.number(),
});
export type LaneTask = z.infer<typeof LaneTask>;

/** How far it is, and at the end which fairs are closed, and what a closing holds back. */
export const LaneNews = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('position'), position: z.int() }),
  z.object({
    kind: z.literal('end'),
    closed: z.array(z.tuple([z.string(), z.int()])),
    held: z.array(z.object({ fair: z.string(), position: z.int(), type: z.string() })),
  }),
]);
export type LaneNews = z.infer<typeof LaneNews>;
