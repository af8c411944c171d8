import { z } from 'zod';

/** Where it is asked, and of which fair: the environment of the process that asks (asker.ts). */
export const Asking = z.object({
  appUrl: z.string(),
  fair: z.string(),
  /** Where a CPU profile of the questions goes; none is made without. */
  profiles: z.string().optional(),
});
export type Asking = z.infer<typeof Asking>;

/** Milliseconds of a question about the past: until its answer, and of that process's processors. */
export const Travel = z.object({ median: z.number(), max: z.number(), cpuMedian: z.number() });
export type Travel = z.infer<typeof Travel>;
