/** What a phone says of its times, all ms since 1970. */
export type Times = { readonly occurredAt: number; readonly sentAt?: number };

/** What a phone, at the true moment of sending, says of facts at true moments. */
export type PhoneClock = (phone: {
  readonly skewSeconds: number;
  readonly sentAt: number;
}) => (fact: { readonly at: number }) => Times;

/** By the phone's own clock, wrong as it is; the server finds out by how much, since it knows when it was sent. */
export const byItsOwnClock: PhoneClock =
  ({ skewSeconds, sentAt }) =>
  ({ at }) => ({ occurredAt: at + skewSeconds * 1000, sentAt: sentAt + skewSeconds * 1000 });

/** Of something long past, by a clock that is right; when it is sent says nothing then. */
export const inRetrospect: PhoneClock =
  () =>
  ({ at }) => ({ occurredAt: at });
