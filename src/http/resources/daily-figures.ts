import { z } from 'zod';
import {
  type DayTotals,
  type ExhibitorDay,
  exhibitorDays,
} from '../../../projections/books/queries/exhibitor-books.ts';
import { stateDailyFigures } from '../../commands/state-daily-figures.ts';
import { StatementBody, StatementRecorded } from '../../contract/books.ts';
import { ExhibitorDays } from '../../contract/exhibitor-figures.ts';
import { LocalDay } from '../../../events/fields.ts';
import { asksPast, inThePast, pastMoments, pastOf } from '../past.ts';
import type { Ports } from '../ports.ts';
import { projected } from '../projected.ts';
import { afterPosition } from '../reached.ts';
import { answer, ok } from '../reply.ts';
import { readInFair, type Route, writeInFair } from '../route.ts';

/** An organiser states for whoever tells it on the telephone; the fact says who stated it. */
export const statement = writeInFair({
  method: 'put',
  path: '/api/fairs/{fair}/exhibitors/{exhibitor}/daily-figures/{date}/statements/{statement}',
  summary: 'State a day’s net totals: copies sold, đồng, copies given away',
  may: ['exhibitor', 'till', 'organiser'],
  own: 'exhibitor',
  params: { date: LocalDay },
  body: StatementBody,
  answer: StatementRecorded,
  handle: async ({ params: { exhibitor, date, statement }, body, context }, ports) =>
    answer(await stateDailyFigures(ports, context, { exhibitor, day: date, statement, ...body })),
});

const ofOne = readInFair({
  path: '/api/fairs/{fair}/exhibitors/{exhibitor}/daily-figures',
  summary: 'What an exhibitor sold and gave away, day by day',
  may: ['exhibitor', 'till', 'organiser', 'auditor'],
  own: 'exhibitor',
  query: z.object({ ...afterPosition, ...pastMoments }),
  answer: ExhibitorDays,
  handle: async ({ params: { fair, exhibitor }, query, caller, now }, ports) =>
    ok(await days(ports, { fair, query, caller, now }, { exhibitor })),
});

/** Totals only: single sales are the exhibitor’s own. */
const ofAll = readInFair({
  path: '/api/fairs/{fair}/daily-figures',
  summary: 'What every exhibitor sold and gave away, day by day',
  may: ['organiser', 'auditor'],
  query: z.object({ ...afterPosition, ...pastMoments }),
  answer: ExhibitorDays,
  handle: async ({ params: { fair }, query, caller, now }, ports) =>
    ok(await days(ports, { fair, query, caller, now })),
});

/** As they are, or as they were. */
const days = (ports: Ports, asking: Parameters<typeof inThePast>[1], of: { readonly exhibitor?: string } = {}) => {
  const { fair, query } = asking;
  if (!asksPast(query)) return projected(ports, { fair, after: query.after }, ({ books }) => daysOf(books, fair, of));
  return inThePast(ports, asking, async ({ books, position }, past) => ({
    position,
    ...(await daysOf(books, fair, of)),
    ...pastOf(past),
  }));
};

const daysOf = async (...asked: Parameters<typeof exhibitorDays>) => ({
  days: (await exhibitorDays(...asked)).map(shown),
});

const shown = ({ recorded, stated, counted, ...of }: ExhibitorDay) => ({
  ...of,
  recorded: named(recorded),
  stated: stated && named(stated),
  counted: named(counted),
});

const named = ({ copies, revenue, donated }: DayTotals) => ({ copiesSold: copies, revenue, copiesDonated: donated });

export const dailyFigures: readonly Route[] = [statement, ofOne, ofAll];
