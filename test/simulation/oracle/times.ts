import type { Deed, Receipt } from '../truth/deed.ts';

/** When something happened as the platform may keep it (ms since 1970), and what it added to the device's time. */
export type Occurrence = { readonly occurredAt: number; readonly skewSeconds: number };

/**
 * What each receipt of a deed would have made of its time; the first to be recorded fixes it.
 * “Skew is fixed at the first receipt, in whole seconds, 0 below 2 s, and stored” (domain, “At the gate”). What would
 * seem to come minutes after its receipt, because the clock was set right meanwhile, happened at it.
 */
export const occurrencesOf = ({ body, receipts }: Deed): readonly Occurrence[] =>
  receipts.map((receipt) => occurrenceAt(body['occurredAt'], receipt));

function occurrenceAt(told: unknown, { at, sentAt }: Receipt): Occurrence {
  if (typeof told !== 'number') return { occurredAt: at, skewSeconds: 0 };
  const offMs = sentAt === undefined ? 0 : at - sentAt;
  const skewSeconds = Math.abs(offMs) < 2000 ? 0 : Math.round(offMs / 1000);
  const occurredAt = told + skewSeconds * 1000;
  if (occurredAt - at <= 120_000) return { occurredAt, skewSeconds };
  const whole = Math.floor((at - told) / 1000);
  return { occurredAt: told + whole * 1000, skewSeconds: whole };
}
