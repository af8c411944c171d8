import type { DataOf } from '../../events/catalogue.ts';
import { recordStock as decide } from '../domain/stock.ts';
import { isExhibitor } from './applications.ts';
import { type CommandContext, type CommandPorts, type Handled, run } from './command.ts';
import { streamOf } from './ids.ts';
import { occurrenceOf, type ToldTimes } from './occurrence.ts';

export type StockRecorded = { readonly outcome: 'recorded' };

/** Records a count or a movement of an exhibitor's copies (kiểm đếm, bổ sung, rút, tặng). */
export async function recordStock(
  ports: CommandPorts,
  context: CommandContext,
  { sentAt, occurredAt, ...entry }: DataOf<'StockRecorded'> & ToldTimes,
): Promise<Handled<StockRecorded>> {
  if (!(await isExhibitor(ports, context.fair, entry.exhibitor))) return { kind: 'not-found' };
  const occurrence = occurrenceOf({ sentAt, occurredAt }, context);
  return run(ports, context, {
    kind: 'stock-entry',
    id: entry.entry,
    stream: streamOf(context.fair, 'stock-entry', entry.entry),
    begins: true,
    content: { ...entry, occurredAt },
    ...occurrence,
    initial: undefined,
    evolve: () => undefined,
    decide: (_, fair) => decide(entry, { fair, occurredAt: occurrence.occurredAt }),
    answer: () => ({ outcome: 'recorded' }),
  });
}
