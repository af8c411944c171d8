import type { DataOf } from '../../events/catalogue.ts';
import { evolveSale, recordSale as decide, unknownSale } from '../domain/sale.ts';
import { isExhibitor } from './applications.ts';
import { type CommandContext, type CommandPorts, type Handled, run } from './command.ts';
import { streamOf } from './ids.ts';
import { occurrenceOf, type ToldTimes } from './occurrence.ts';

/** Totals of the sale, in copies and whole đồng. */
export type SaleRecorded = { readonly outcome: 'recorded'; readonly copies: number; readonly paid: number };

/** Records a sale at a booth, as it happened. No invoice is made and no money held. */
export async function recordSale(
  ports: CommandPorts,
  context: CommandContext,
  { sentAt, occurredAt, ...sale }: DataOf<'SaleRecorded'> & ToldTimes,
): Promise<Handled<SaleRecorded>> {
  if (!(await isExhibitor(ports, context.fair, sale.exhibitor))) return { kind: 'not-found' };
  const occurrence = occurrenceOf({ sentAt, occurredAt }, context);
  return run(ports, context, {
    kind: 'sale',
    id: sale.sale,
    stream: streamOf(context.fair, 'sale', sale.sale),
    begins: true,
    content: { ...sale, occurredAt },
    ...occurrence,
    initial: unknownSale,
    evolve: evolveSale,
    decide: (_, fair) => decide(sale, { fair, occurredAt: occurrence.occurredAt }),
    answer: () => ({
      outcome: 'recorded',
      copies: sale.lines.reduce((sum, { copies }) => sum + copies, 0),
      paid: sale.lines.reduce((sum, { paid }) => sum + paid, 0),
    }),
  });
}
