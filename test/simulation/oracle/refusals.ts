import type { FairEvent } from '../../../events/catalogue.ts';
import { dayOf, ofType, total, unvoided } from '../../recount/facts.ts';
import type { Deed, Given } from '../truth/deed.ts';
import { deedOf } from './names.ts';
import { occurrencesOf } from './times.ts';

/** Whether a no was right: the reason it gives was really there, as the log shows. */
export function legitimate(deed: Deed, { status, body }: Given, events: readonly FairEvent[]): boolean {
  if (deed.kind === 'acceptance' && status === 404) return true;
  const reason = reasonIn(body);
  return status === 200 && reason !== undefined && (reasons[reason]?.(deed, events) ?? false);
}

/** A scan is accepted by its own id, so that a no to that is decided anew: docs/decisions/0030-a-no-stands.md. */
export const mayLapse = ({ kind }: Deed): boolean => kind === 'acceptance';

const reasonIn = (body: unknown): string | undefined =>
  typeof body === 'object' && body !== null && 'reason' in body && typeof body.reason === 'string'
    ? body.reason
    : undefined;

type Check = (deed: Deed, events: readonly FairEvent[]) => boolean;

const undoMinutesMax = 15;

const reasons: Readonly<Record<string, Check>> = {
  'fair-closed': (deed, events) =>
    ofType(events, 'FiguresClosed').some((closing) =>
      occurrencesOf(deed).some(({ occurredAt }) => occurredAt > closing.occurredAt),
    ),
  'already-closed': (_, events) => ofType(events, 'FiguresClosed').length > 0,
  'not-closed': () => true,
  'not-yours': (deed, events) => targetsOf(deed, events).some(({ meta }) => meta.actor.id !== deed.by.id),
  'too-late': (deed, events) =>
    targetsOf(deed, events).some((target) =>
      occurrencesOf(deed).some(({ occurredAt }) => occurredAt - target.occurredAt > undoMinutesMax * 60_000),
    ),
  'already-voided': (deed, events) => targetsOf(deed, events).some((target) => isVoided(target, events)),
  'has-returns': (deed, events) => ofType(events, 'SaleReturned').some(({ data }) => data.sale === deed.body['id']),
  'sale-voided': ({ item }, events) =>
    ofType(events, 'SaleRecorded').some((sale) => sale.data.sale === item?.sale && isVoided(sale, events)),
  'more-than-sold': (deed, events) => copiesBack(deed, events) > copiesSold(deed, events),
  'day-not-begun': ({ item, ...deed }) =>
    occurrencesOf({ item, ...deed }).some(({ occurredAt }) => dayOf(occurredAt) < (item?.date ?? '')),
  'not-a-day-of-the-fair': ({ item }, events) =>
    ofType(events, 'FairCreated').every(({ data }) => !data.settings.days.includes(item?.date ?? '')),
  'not-unverified': ({ id }, events) =>
    events.some((event) =>
      event.type === 'ScanRefused'
        ? event.data.scan === id
        : (event.type === 'VisitorCheckedIn' || event.type === 'VisitorCheckedOut') &&
          event.data.scan === id &&
          event.data.trust === 'verified',
    ),
  voided: ({ id }, events) => events.some((event) => deedOf(event)?.id === id && isVoided(event, events)),
};

export const targetsOf = ({ body }: Deed, events: readonly FairEvent[]): FairEvent[] =>
  events.filter((event) => {
    const named = deedOf(event);
    return named?.kind === body['kind'] && named?.id === body['id'];
  });

export function isVoided(target: FairEvent, events: readonly FairEvent[]): boolean {
  const { kind = '', id = '' } = deedOf(target) ?? {};
  return unvoided(events, [target], () => ({ kind, id })).length === 0;
}

/** Of the one title that a simulated return brings back: what came back in all, this return included. */
export const copiesBack = ({ id, item, body }: Deed, events: readonly FairEvent[]): number => {
  const others = ofType(events, 'SaleReturned').filter(({ data }) => data.sale === item?.sale && data.return !== id);
  return total(
    [...others.flatMap(({ data }) => data.lines), ...linesIn(body)].filter(isSameTitle(body)),
    ({ copies }) => copies,
  );
};

export const copiesSold = ({ item, body }: Deed, events: readonly FairEvent[]): number =>
  total(
    ofType(events, 'SaleRecorded')
      .filter(({ data }) => data.sale === item?.sale)
      .flatMap(({ data }) => data.lines)
      .filter(isSameTitle(body)),
    ({ copies }) => copies,
  );

type Line = { readonly name: string; readonly copies: number };

const linesIn = ({ lines }: Deed['body']): Line[] => (Array.isArray(lines) ? lines.filter(isLine) : []);
const isLine = (line: unknown): line is Line =>
  typeof line === 'object' && line !== null && 'name' in line && 'copies' in line;

const isSameTitle =
  (body: Deed['body']) =>
  ({ name }: Line): boolean =>
    linesIn(body).some((line) => line.name === name);
