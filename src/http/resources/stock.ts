import { recordStock } from '../../commands/record-stock.ts';
import { StockBody, StockRecorded } from '../../contract/books.ts';
import { answer } from '../reply.ts';
import { type Route, writeInFair } from '../route.ts';

export const stockEntry = writeInFair({
  method: 'put',
  path: '/api/fairs/{fair}/exhibitors/{exhibitor}/stock/{entry}',
  summary: 'Record copies put out, added, taken away, given away, or counted at the end (kiểm đếm)',
  may: ['exhibitor', 'till', 'organiser'],
  own: 'exhibitor',
  body: StockBody,
  answer: StockRecorded,
  handle: async ({ params: { exhibitor, entry }, body, context }, ports) =>
    answer(await recordStock(ports, context, { exhibitor, entry, ...body })),
});

export const stock: readonly Route[] = [stockEntry];
