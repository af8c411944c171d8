/** What a delivery says of its times, all in ms since 1970: the two first by the device's clock, the last by ours. */
type Told = {
  readonly occurredAt: number;
  /** When the delivery was sent; without it the device's clock is taken to be right. */
  readonly sentAt?: number | undefined;
  readonly receivedAt: number;
};

/** A time of our own, and the whole seconds that were added to the device's, which are stored with the fact. */
type Corrected = { readonly occurredAt: number; readonly skewSeconds: number };

/**
 * Corrects a device's time by how far its clock is off: `receivedAt − sentAt` in whole seconds, 0 below 2 s, which is
 * the network's own delay. A clock that was set right between the fact and the delivery does not show so; what then
 * seems to come up to ten minutes after its receipt happened at it. Fixed at the first receipt and stored with the fact.
 * Source: domain, “At the gate”.
 */
export function correctTime({ occurredAt, sentAt, receivedAt }: Told): Corrected {
  const offMs = sentAt === undefined ? 0 : receivedAt - sentAt;
  const corrected = shifted(occurredAt, Math.abs(offMs) < 2000 ? 0 : Math.round(offMs / 1000));
  const aheadMs = corrected.occurredAt - receivedAt;
  const wasFast = liesAhead(corrected.occurredAt, receivedAt) && aheadMs <= fastSecondsMax * 1000;
  return wasFast ? shifted(occurredAt, Math.floor((receivedAt - occurredAt) / 1000)) : corrected;
}

const shifted = (occurredAt: number, skewSeconds: number): Corrected => ({
  occurredAt: occurredAt + skewSeconds * 1000,
  skewSeconds,
});

/** How far a corrected time may lie ahead of the server's own: clocks differ, but nothing happens tomorrow. */
const aheadSecondsMax = 120;

/** Phones are up to five minutes fast (domain, “Scenarios for load”), or twice that; more than that is no clock. */
export const fastSecondsMax = 600;

export const liesAhead = (occurredAt: number, now: number): boolean => occurredAt - now > aheadSecondsMax * 1000;
