import { z } from 'zod';

/** A no, with a reason from a closed list; nothing was recorded. */
export const refused = <Reason extends string>(reasons: readonly [Reason, ...Reason[]]) =>
  z.object({ outcome: z.literal('refused'), reason: z.enum(reasons) });

/** The place of the recorded fact in the log, from 1; `?after=` of a query waits for it. */
export const Position = z.int().min(1);

/** RFC 3339 in UTC. */
export const Time = z.iso.datetime();
