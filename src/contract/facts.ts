// Functions only, no methods of schemas: the browser's bundle takes the same file with `zod/mini`.
import * as z from 'zod';

/** One fact behind a figure, as an organiser or auditor may see it. Times are RFC 3339. */
export const Fact = z.object({
  /** Its place in the log, from 1. */
  position: z.int(),
  id: z.string(),
  /** Name of the event, one of the catalogue's. */
  type: z.string(),
  stream: z.string(),
  occurredAt: z.string(),
  recordedAt: z.string(),
  /** A role and a random reference, never a name. */
  actor: z.object({ role: z.string(), id: z.string() }),
  /** What was decided: the event's data, which hold nothing personal. */
  data: z.record(z.string(), z.unknown()),
  /** Of a conflict: how much more visits and unique visitors there are by it. */
  effect: z.optional(z.object({ visits: z.int(), uniqueVisitors: z.int() })),
  /** Of one that is in no figure, because it could not be taken in: by which projections, with what error, since when. */
  parked: z.optional(
    z.object({ since: z.string(), errors: z.array(z.object({ projection: z.string(), error: z.string() })) }),
  ),
});
export type Fact = z.infer<typeof Fact>;

/** Answer of `GET /api/fairs/{fair}/figures/{figure}/events?before=`: the latest facts first, at most 50 a page. */
export const FactsPage = z.object({
  figure: z.string(),
  events: z.array(Fact),
  /** Single sales of this page that an organiser sees only with an auditor's grant. */
  withheld: z.int(),
  /** Ask again with `?before=` this position for older facts; null on the last page. */
  next: z.nullable(z.int()),
  /** Only where it was asked about the past: these facts had happened by then, and were known by then. RFC 3339. */
  asOf: z.optional(z.string()),
  knownAt: z.optional(z.string()),
});
export type FactsPage = z.infer<typeof FactsPage>;
