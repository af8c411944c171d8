import type { DataOf } from '../../events/catalogue.ts';
import { stateDailyFigures as decide } from '../domain/daily-figures.ts';
import { isExhibitor } from './applications.ts';
import { type CommandContext, type CommandPorts, type Handled, run } from './command.ts';
import { dailyFiguresStream } from './ids.ts';
import { occurrenceOf, type ToldTimes } from './occurrence.ts';

export type DailyFiguresStated = { readonly outcome: 'recorded' };

/** Takes a unit's own net totals of a local day; the latest statement of a day counts. */
export async function stateDailyFigures(
  ports: CommandPorts,
  context: CommandContext,
  { sentAt, occurredAt, ...statement }: DataOf<'DailyFiguresStated'> & ToldTimes,
): Promise<Handled<DailyFiguresStated>> {
  if (!(await isExhibitor(ports, context.fair, statement.exhibitor))) return { kind: 'not-found' };
  const occurrence = occurrenceOf({ sentAt, occurredAt }, context);
  return run(ports, context, {
    kind: 'statement',
    id: statement.statement,
    stream: dailyFiguresStream(context.fair, statement),
    content: { ...statement, occurredAt },
    ...occurrence,
    initial: undefined,
    evolve: () => undefined,
    decide: (_, fair) => decide(statement, { fair, occurredAt: occurrence.occurredAt }),
    answer: () => ({ outcome: 'recorded' }),
  });
}
