import { correctTime } from '../domain/skew.ts';

/** When it happened, as the caller told it: ms since 1970. Without `occurredAt` it happens now. */
export type ToldTimes = { readonly occurredAt?: number | undefined; readonly sentAt?: number | undefined };

/** The `occurredAt` and `skewSeconds` of a command, the caller's clock corrected. */
export function occurrenceOf(
  told: ToldTimes,
  { now }: { readonly now: number },
): { occurredAt: number; skewSeconds: number } {
  return told.occurredAt === undefined
    ? { occurredAt: now, skewSeconds: 0 }
    : correctTime({ occurredAt: told.occurredAt, sentAt: told.sentAt, receivedAt: now });
}
