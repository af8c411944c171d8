import { isDeepStrictEqual } from 'node:util';
import { type FairEvent, toFairEvent } from '../../../events/catalogue.ts';
import { FactsPage } from '../../../src/contract/facts.ts';
import { FiguresDocument } from '../../../src/contract/figures.ts';
import { detailsOf, recountDetails } from '../../recount/details.ts';
import { factsThatCount, recount } from '../../recount/recount.ts';
import type { Settled } from '../simulate.ts';
import { type Conflict, conflictsAmong } from './conflicts.ts';

/** How the oracle sees the facts, before it counts; told something wrong, it must contradict. */
export type Reading = (events: readonly FairEvent[]) => readonly FairEvent[];

/** Where what the platform publishes is not what the facts say. To be asked only of a log that is what was done. */
export async function figureDifferences(
  { log, ask, now }: Pick<Settled, 'log' | 'ask' | 'now'>,
  reading: Reading = (events) => events,
): Promise<string[]> {
  const events = reading(log.map(toFairEvent));
  const document = FiguresDocument.parse(await ask('/figures'));
  const closing = closingOf(events);
  const published = Object.fromEntries(document.figures.map(({ key, value }) => [key, value]));
  const counted = recount(events);
  const asOf = closing?.occurredAt ?? now;
  return [
    ...differ('log position', document.position, events.length),
    ...differ('status', document.status, closing ? 'final' : 'provisional'),
    ...Object.entries(counted).flatMap(([key, value]) => differ(key, published[key], value)),
    ...detailDifferences(detailsOf(document), recountDetails(events, asOf)),
    ...differ('after closing', document.attention.afterClosing, afterClosing(events)),
    ...differ('conflicts', await listedConflicts(ask), conflictsAmong(factsThatCount(events))),
  ];
}

/** Where figures that were published in mid run are not those of the log up to where they said they were. */
export const glanceDifferences = ({ glances, log }: Pick<Settled, 'glances' | 'log'>): string[] =>
  glances.flatMap((glance) => {
    const { position, figures } = FiguresDocument.parse(glance);
    const published = Object.fromEntries(figures.map(({ key, value }) => [key, value]));
    const counted = recount(log.slice(0, position).map(toFairEvent));
    return Object.entries(counted).flatMap(([key, value]) => differ(`${key} at #${position}`, published[key], value));
  });

type Details = ReturnType<typeof detailsOf>;

const detailDifferences = (published: Details, counted: Details): string[] => [
  ...differ('breakdowns', sorted(published.breakdowns), sorted(counted.breakdowns)),
  ...differ('curves', sorted(published.curves), sorted(counted.curves)),
  ...differ('today', published.today, counted.today),
  ...differ('inside', published.inside, counted.inside),
  ...differ('best sellers', published.bestSellers, counted.bestSellers),
  ...differ('attention', published.attention, counted.attention),
];

const differ = (name: string, published: unknown, counted: unknown): string[] =>
  isDeepStrictEqual(published, counted)
    ? []
    : [`${name}: published ${JSON.stringify(published)}, by the facts ${JSON.stringify(counted)}`];

/** The closing that holds. */
function closingOf(events: readonly FairEvent[]): FairEvent | undefined {
  const last = events.findLast(({ type }) => type === 'FiguresClosed' || type === 'FiguresReopened');
  return last?.type === 'FiguresClosed' ? last : undefined;
}

/** Facts that would have changed the figures, had they come before the closing. */
const afterClosing = (events: readonly FairEvent[]): number =>
  events.slice(factsThatCount(events).length).filter(({ type }) => changesFigures.includes(type)).length;

const changesFigures: readonly string[] = [
  'VisitorCheckedIn',
  'VisitorCheckedOut',
  'WalkInsCounted',
  'GroupArrived',
  'FactVoided',
  'ScanAccepted',
  'CorrectionRecorded',
  'SaleRecorded',
  'SaleReturned',
  'StockRecorded',
  'DailyFiguresStated',
];

/** The conflicts as the organiser sees them, all pages of the list. */
async function listedConflicts(ask: Settled['ask']): Promise<Conflict[]> {
  const conflicts: Conflict[] = [];
  let before: number | null = null;
  do {
    const query: string = before === null ? '' : `?before=${before}`;
    const page: FactsPage = FactsPage.parse(await ask(`/figures/conflicts/events${query}`));
    for (const { data, effect } of page.events)
      conflicts.push({
        scan: String(data['scan']),
        effect: effect ?? { visits: Number.NaN, uniqueVisitors: Number.NaN },
      });
    before = page.next;
  } while (before !== null);
  return conflicts.sort((a, b) => (a.scan < b.scan ? -1 : 1));
}

/** In the order of their keys. */
const sorted = (value: object): unknown =>
  Object.fromEntries(
    Object.entries(value)
      .map(
        ([key, inner]: [string, unknown]) =>
          [key, typeof inner === 'object' && inner !== null ? sorted(inner) : inner] as const,
      )
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
