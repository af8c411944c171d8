import { stateDailyFigures } from '../../commands/state-daily-figures.ts';
import { StatementBody, StatementRecorded } from '../../contract/books.ts';
import { LocalDay } from '../../../events/fields.ts';
import { answer } from '../reply.ts';
import { type Route, writeInFair } from '../route.ts';

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

export const dailyFigures: readonly Route[] = [statement];
