import { recordReturn } from '../../commands/record-return.ts';
import { recordSale } from '../../commands/record-sale.ts';
import { ReturnBody, SaleBody, SaleRecorded, SaleReturned } from '../../contract/books.ts';
import { answer } from '../reply.ts';
import { type Route, writeInFair } from '../route.ts';

/** Single sales are an exhibitor's own: an organiser neither writes nor, without an audit grant, sees them. */
export const sale = writeInFair({
  method: 'put',
  path: '/api/fairs/{fair}/exhibitors/{exhibitor}/sales/{sale}',
  summary: 'Record a sale at a booth',
  may: ['exhibitor', 'till'],
  own: 'exhibitor',
  body: SaleBody,
  answer: SaleRecorded,
  handle: async ({ params: { exhibitor, sale }, body, context }, ports) =>
    answer(await recordSale(ports, context, { exhibitor, sale, ...body })),
});

export const saleReturn = writeInFair({
  method: 'put',
  path: '/api/fairs/{fair}/exhibitors/{exhibitor}/sales/{sale}/returns/{return}',
  summary: 'Record copies brought back (hoàn trả); the sale itself may arrive later',
  may: ['exhibitor', 'till'],
  own: 'exhibitor',
  body: ReturnBody,
  answer: SaleReturned,
  handle: async ({ params: { exhibitor, sale, return: id }, body, context }, ports) =>
    answer(await recordReturn(ports, context, { exhibitor, sale, return: id, ...body })),
});

export const sales: readonly Route[] = [sale, saleReturn];
