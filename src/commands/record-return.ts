import type { DataOf } from '../../events/catalogue.ts';
import { evolveSale, recordReturn as decide, unknownSale } from '../domain/sale.ts';
import { isExhibitor } from './applications.ts';
import { type CommandContext, type CommandPorts, type Handled, run } from './command.ts';
import { streamOf } from './ids.ts';
import { occurrenceOf, type ToldTimes } from './occurrence.ts';

export type SaleReturned = { readonly outcome: 'recorded' };

/** Records copies brought back (hoàn trả), perhaps before the sale itself has arrived. */
export async function recordReturn(
  ports: CommandPorts,
  context: CommandContext,
  { sentAt, occurredAt, ...given }: DataOf<'SaleReturned'> & ToldTimes,
): Promise<Handled<SaleReturned>> {
  if (!(await isExhibitor(ports, context.fair, given.exhibitor))) return { kind: 'not-found' };
  const occurrence = occurrenceOf({ sentAt, occurredAt }, context);
  return run(ports, context, {
    kind: 'return',
    id: given.return,
    stream: streamOf(context.fair, 'sale', given.sale),
    content: { ...given, occurredAt },
    ...occurrence,
    initial: unknownSale,
    evolve: evolveSale,
    decide: (sale, fair) => decide(sale, given, { fair, occurredAt: occurrence.occurredAt }),
    answer: () => ({ outcome: 'recorded' }),
  });
}
