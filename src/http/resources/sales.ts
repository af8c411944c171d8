import { toFairEvent } from '../../../events/catalogue.ts';
import { type SingleSale, singleSales } from '../../../projections/books/queries/exhibitor-books.ts';
import { mayAudit } from '../../commands/audit.ts';
import { recordReturn } from '../../commands/record-return.ts';
import { recordSale } from '../../commands/record-sale.ts';
import { timeText } from '../../commands/recorded.ts';
import { SalesPage, SalesQuery } from '../../contract/exhibitor-figures.ts';
import { ReturnBody, SaleBody, SaleRecorded, SaleReturned } from '../../contract/books.ts';
import type { Ports } from '../ports.ts';
import { Problem } from '../problems.ts';
import { pageOf, projected } from '../projected.ts';
import { afterPosition } from '../reached.ts';
import { answer, ok } from '../reply.ts';
import { readInFair, type Route, writeInFair } from '../route.ts';

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

const read = readInFair({
  path: '/api/fairs/{fair}/exhibitors/{exhibitor}/sales',
  summary:
    'Single sales and returns of an exhibitor, the latest first; for an organiser only while an auditor grants it',
  may: ['exhibitor', 'till', 'auditor', 'organiser'],
  own: 'exhibitor',
  query: SalesQuery.extend(afterPosition),
  answer: SalesPage,
  handle: async ({ params: { fair, exhibitor }, query: { before, limit, after }, caller, now }, ports) => {
    const isOrganiser = caller.actor.role === 'organiser' || caller.actor.role === 'owner';
    if (isOrganiser && !(await mayAudit(ports, fair, now))) throw new Problem('forbidden', { detail: auditNeeded });
    const asked = { exhibitor, before: before ?? Number.MAX_SAFE_INTEGER, limit: limit + 1 };
    const page = await projected(ports, { fair, after }, async ({ books }) =>
      pageOf(await singleSales(books, fair, asked), limit),
    );
    const next = page.more === undefined ? null : (page.shown.at(-1)?.position ?? null);
    return ok({ position: page.position, sales: await shown(ports, page.shown), next });
  },
});

const auditNeeded = 'Single sales are the exhibitor’s own; an auditor may grant to see them.';

/** What the log says of single sales and returns, as they are listed. */
async function shown({ store }: Pick<Ports, 'store'>, listed: readonly SingleSale[]) {
  const events = await store.readAt(listed.map(({ position }) => position));
  const known = new Map(events.map((event) => [event.position, toFairEvent(event)]));
  return listed.flatMap(({ position, isVoided }) => {
    const event = known.get(position);
    if (event?.type !== 'SaleRecorded' && event?.type !== 'SaleReturned') return [];
    const kind = event.type === 'SaleRecorded' ? ('sale' as const) : ('return' as const);
    const id = event.type === 'SaleRecorded' ? event.data.sale : event.data.return;
    const sign = kind === 'sale' ? 1 : -1;
    const { lines } = event.data;
    const titles = lines.map(({ gtin, code, name, copies }) => ({
      code: gtin ?? code ?? '',
      name,
      copies: sign * copies,
    }));
    const copies = sign * lines.reduce((sum, line) => sum + line.copies, 0);
    const revenue = sign * lines.reduce((sum, { paid }) => sum + paid, 0);
    return [{ kind, id, position, copies, revenue, isVoided, titles, occurredAt: timeText(event.occurredAt) }];
  });
}

export const sales: readonly Route[] = [sale, saleReturn, read];
