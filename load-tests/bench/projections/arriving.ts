import { z } from 'zod';
import { FairLog } from './log/fair-log.ts';
import type { LogItem } from './log/scribe.ts';

/** What arrives, and where: the environment of the process that appends (appender.ts). */
export const Arriving = z.object({
  appUrl: z.string(),
  perSecond: z.coerce.number().int().positive(),
  seconds: z.coerce.number().positive(),
  catalogueLines: z.coerce.number().int().nonnegative(),
});
export type Arriving = z.infer<typeof Arriving>;

/** What it tells: up to which position an append was answered, and when, in ms since 1970. */
export const Answered = z.object({ position: z.int(), at: z.number() });
export type Answered = z.infer<typeof Answered>;

/** A log that is long enough for what arrives, the same in both processes. @param arriving for how long at most */
export const logOf = ({ perSecond, seconds, catalogueLines }: Omit<Arriving, 'appUrl'>): FairLog =>
  new FairLog({ events: Math.ceil(perSecond * seconds * 1.3 + catalogueLines / 200) + 1000, catalogueLines });

/** The next so many, after which the rest can still be taken. */
export function* nextOf(items: Iterator<LogItem, void>, count: number): Generator<LogItem, void> {
  for (let taken = 0; taken < count; taken += 1) {
    const { value } = items.next();
    if (value === undefined) return;
    yield value;
  }
}
