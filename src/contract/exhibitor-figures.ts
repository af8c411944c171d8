import { z } from 'zod';
import { Id, LocalDay } from '../../events/fields.ts';
import { Time } from './answers.ts';

/** Net totals of a local day; each may be below 0. Money in whole đồng. */
const DayTotals = z.object({ copiesSold: z.int(), revenue: z.int(), copiesDonated: z.int() });

/** What one exhibitor sold and gave away on one day: sale by sale, as it stated itself, and what counts. */
const ExhibitorDay = z.object({
  exhibitor: Id,
  day: LocalDay,
  recorded: DayTotals,
  stated: DayTotals.nullable(),
  /** The greater of the two, for each figure (metric dictionary, “Daily statements”). */
  counted: DayTotals,
});

/** `position`: the last log position whose facts are in. */
const asOf = { position: z.int() };

export const ExhibitorDays = z.object({
  ...asOf,
  days: z.array(ExhibitorDay),
  /** Only where it was asked about the past: what had happened by then, as it was known then. */
  asOf: Time.optional(),
  knownAt: Time.optional(),
});

const pageSizeMax = 100;

/** A page, the latest first: ask again with `?before=` the `next` of the answer. */
export const SalesQuery = z.object({
  before: z.coerce.number().int().min(1).optional(),
  limit: z.coerce.number().int().min(1).max(pageSizeMax).default(50),
});

export const SalesPage = z.object({
  ...asOf,
  sales: z.array(
    z.object({
      kind: z.enum(['sale', 'return']),
      id: Id,
      /** Its place in the log. */
      position: z.int(),
      occurredAt: Time,
      /** Below 0 for a return, and so are the đồng. */
      copies: z.int(),
      revenue: z.int(),
      /** Undone: in no figure. */
      isVoided: z.boolean(),
      titles: z.array(z.object({ code: z.string(), name: z.string(), copies: z.int() })),
    }),
  ),
  /** Null on the last page. */
  next: z.int().nullable(),
});
