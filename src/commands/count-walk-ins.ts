import type { DataOf } from '../../events/catalogue.ts';
import { countWalkIns as decide } from '../domain/walk-in.ts';
import { type CommandContext, type CommandPorts, type Handled, run } from './command.ts';
import { streamOf } from './ids.ts';
import { occurrenceOf, type ToldTimes } from './occurrence.ts';
import { dataOf, timeText } from './recorded.ts';

export type WalkInsCounted = {
  readonly outcome: 'counted';
  readonly count: string;
  readonly gate: string;
  readonly persons: number;
  /** RFC 3339, corrected. */
  readonly occurredAt: string;
};

export type WalkInRequest = Omit<DataOf<'WalkInsCounted'>, 'site'> & ToldTimes;

/** Counts people who have no pass (khách vãng lai), on their way in or out. */
export function countWalkIns(
  ports: CommandPorts,
  context: CommandContext,
  { sentAt, occurredAt, ...count }: WalkInRequest,
): Promise<Handled<WalkInsCounted>> {
  const occurrence = occurrenceOf({ sentAt, occurredAt }, context);
  return run(ports, context, {
    kind: 'walk-in',
    id: count.count,
    stream: streamOf(context.fair, 'walk-in', count.count),
    begins: true,
    content: { ...count, occurredAt },
    ...occurrence,
    initial: undefined,
    evolve: () => undefined,
    decide: (_, fair) => decide(count, { fair, occurredAt: occurrence.occurredAt }),
    answer: (event) => {
      const { count: id, gate, persons } = dataOf(event, 'WalkInsCounted');
      return { outcome: 'counted', count: id, gate, persons, occurredAt: timeText(event.occurredAt) };
    },
  });
}
