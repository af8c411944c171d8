import { z } from 'zod';
import { toFairEvent } from '../../../events/catalogue.ts';
import type { StoredEvent } from '../../../events/envelope.ts';
import type { ParkedEvent } from '../../../projections/generations/queries.ts';
import { mayAudit } from '../../commands/audit.ts';
import { type Fact, FactsPage } from '../../contract/facts.ts';
import { isFigureKey } from '../../contract/figures.ts';
import { type FactsBehind, factsBehindIn } from '../../figures/facts-behind.ts';
import { knownFair } from '../known-fair.ts';
import { asksPast, inThePast, nothingKnown, pastMoments, pastOf } from '../past.ts';
import type { Ports } from '../ports.ts';
import { Problem } from '../problems.ts';
import { afterPosition, reached } from '../reached.ts';
import { ok } from '../reply.ts';
import { readInFair, type Route } from '../route.ts';

const pageMax = 50;

/** Lists that are looked at, beside the figures of the dictionary. */
const lists: readonly string[] = [
  'parked',
  'conflicts',
  'late',
  'unverified',
  'repeat-reads',
  'outside-days',
  'after-closing',
];

const read = readInFair({
  path: '/api/fairs/{fair}/figures/{figure}/events',
  summary:
    'The facts behind one number, or those that want looking at (parked, conflicts, late and others), the latest first',
  may: ['organiser', 'auditor'],
  params: { figure: z.string().max(40) },
  query: z.object({
    ...afterPosition,
    ...pastMoments,
    before: z.coerce
      .number('must be a log position')
      .pipe(z.int().min(1))
      .optional()
      .describe('Only facts before this log position'),
  }),
  answer: FactsPage,
  handle: async ({ params: { fair, figure }, query, caller, now }, ports) => {
    if (!isFigureKey(figure) && !lists.includes(figure)) throw new Problem('not-found');
    await knownFair(ports, fair);
    const { page, ...past } = await pageBehind(ports, { fair, query, caller, now }, figure);
    if (!page)
      throw new Problem('busy', { retryAfterSeconds: 1, detail: 'The figures of this fair are being counted.' });
    const stored = await ports.store.readAt(page.positions);
    const events = stored.map(figure === 'parked' ? asStored : toFairEvent).sort((a, b) => b.position - a.position);
    const maySeeSales = caller.actor.role === 'auditor' || (await mayAudit(ports, fair, now));
    const shown = maySeeSales ? events : events.filter((event) => !isSingleSale(event));
    const withheld = events.length - shown.length;
    return ok(
      { figure, events: shown.map((event) => factOf(event, page)), withheld, next: page.next, ...past },
      { 'cache-control': 'private, no-store' },
    );
  },
});

type Asking = Parameters<typeof inThePast>[1] & { readonly query: { readonly before?: number | undefined } };

/** As they are, or as they were. */
async function pageBehind(ports: Ports, asking: Asking, figure: string) {
  const { fair, query } = asking;
  const { before, after } = query;
  if (asksPast(query)) {
    return inThePast(ports, asking, async (then, past) => {
      const page = { before, limit: pageMax, now: past.asOf, postings: then.postings };
      return { page: (await factsBehindIn(then, fair, figure, page)) ?? nothingKnown(), ...pastOf(past) };
    });
  }
  await reached(ports, { after });
  return { page: await ports.figures.factsBehind(fair, figure, { before, limit: pageMax }) };
}

/** What one customer bought: an organiser sees sales as totals, unless an auditor lets it look (an audit grant). */
const isSingleSale = ({ type }: Pick<StoredEvent, 'type'>): boolean =>
  type === 'SaleRecorded' || type === 'SaleReturned';

type Told = StoredEvent<string, Fact['data']>;

/** What could not be taken in may have data of any kind. */
const asStored = (event: StoredEvent): Told => ({ ...event, data: z.looseObject({}).safeParse(event.data).data ?? {} });

const factOf = (event: Told, { effects, parked }: FactsBehind): Fact => {
  const errors = parked.get(event.position);
  return {
    ...toldOf(event),
    ...(effects.has(event.position) ? { effect: effects.get(event.position) } : {}),
    ...(errors === undefined ? {} : { parked: whyParked(errors) }),
  };
};

const whyParked = (errors: readonly ParkedEvent[]): Fact['parked'] => ({
  since: new Date(Math.min(...errors.map(({ parkedAt }) => parkedAt.getTime()))).toISOString(),
  errors: errors.map(({ projection, error }) => ({ projection, error })),
});

const toldOf = ({ position, id, type, stream, occurredAt, recordedAt, meta, data }: Told): Fact => ({
  position,
  id,
  type,
  stream,
  occurredAt: new Date(occurredAt).toISOString(),
  recordedAt: new Date(recordedAt).toISOString(),
  actor: meta.actor,
  data,
});

export const figureEvents: readonly Route[] = [read];
