/** What a delivery says of its times, all in ms since 1970: the two first by the device's clock, the last by ours. */
type Told = {
  readonly occurredAt: number;
  /** When the delivery was sent; without it the device's clock is taken to be right. */
  readonly sentAt?: number | undefined;
  readonly receivedAt: number;
};

/**
 * Corrects a device's time by how far its clock is off: `receivedAt − sentAt` in whole seconds, 0 below 2 s, which is
 * the network's own delay. Fixed at the first receipt and stored with the fact.
 * Source: domain, “At the gate”.
 */
export function correctTime({ occurredAt, sentAt, receivedAt }: Told): { occurredAt: number; skewSeconds: number } {
  const offMs = sentAt === undefined ? 0 : receivedAt - sentAt;
  if (Math.abs(offMs) < 2000) return { occurredAt, skewSeconds: 0 };
  const skewSeconds = Math.round(offMs / 1000);
  return { occurredAt: occurredAt + skewSeconds * 1000, skewSeconds };
}

/** How far a corrected time may lie ahead of the server's own: clocks differ, but nothing happens tomorrow. */
export const aheadSecondsMax = 120;

export const liesAhead = (occurredAt: number, now: number): boolean => occurredAt - now > aheadSecondsMax * 1000;
