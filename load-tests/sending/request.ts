/** A request as k6 sends it: all but its times, which are those of its sending. */
export type Request = {
  /** The fact's own id; null for a delivery and a look. */
  readonly id: string | null;
  readonly kind: string;
  readonly method: 'GET' | 'PUT' | 'POST';
  /** From `/api` on. */
  readonly path: string;
  /** The path without what is in it, by which measurements are kept. */
  readonly name: string;
  /** Bearer token; null for the public. */
  readonly token: string | null;
  /** Null for a GET. */
  readonly body: { readonly [field: string]: unknown } | null;
  /** Which times the body needs: a fact's own, a delivery's, or none. */
  readonly stamp: 'fact' | 'delivery' | 'none';
  /** How far the phone's clock is ahead, in ms. */
  readonly skewMs: number;
  /** How often it is sent, though it was answered. */
  readonly times: number;
};

/** What is sent when; one stream is one flow of k6. */
export type RequestStream = {
  readonly name: string;
  readonly phase: 'warm-up' | 'load';
  readonly startSeconds: number;
  readonly perSecond: number | 'at-once';
  readonly requests: readonly Request[];
};

/** One answer (or none) to one request, as a line of JSON. */
export type Line = {
  readonly stream: string;
  readonly phase: 'warm-up' | 'load';
  readonly kind: string;
  /** When it was sent, in ms since 1970 by the one true clock, and how long it took. */
  readonly at: number;
  readonly ms: number;
  /** 1 for the first time it was to be sent, 2 for its repeat. */
  readonly round: number;
  /** 1, and more where nobody answered or the platform was busy. */
  readonly attempt: number;
  /** 0 without an answer. */
  readonly status: number;
  readonly error?: string;
  readonly answers: readonly Answer[];
};

/** What was said of one fact; a delivery has many. */
export type Answer = {
  readonly id: string;
  readonly status: number;
  /** ms since 1970: when it happened by the true clock, as the sender knows it. */
  readonly happenedAt: number;
  /** With the reason behind it where it is refused; null where there is none. */
  readonly outcome: string | null;
  readonly position: number | null;
  /** ms since 1970: when it happened as the platform understood it; null where it did not say. */
  readonly understoodAt: number | null;
};
