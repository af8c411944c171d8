import type { DataOf } from '../../events/catalogue.ts';
import { evolveGroup, recordArrival as decide, unknownGroup } from '../domain/group.ts';
import { type CommandContext, type CommandPorts, type Handled, run } from './command.ts';
import { streamOf } from './ids.ts';
import { occurrenceOf, type ToldTimes } from './occurrence.ts';
import { dataOf, timeText } from './recorded.ts';

export type ArrivalRecorded = {
  readonly outcome: 'arrived';
  readonly group: string;
  readonly arrival: string;
  readonly gate: string;
  readonly persons: number;
  /** RFC 3339, corrected. */
  readonly occurredAt: string;
};

export type ArrivalRequest = Omit<DataOf<'GroupArrived'>, 'site'> & ToldTimes;

/** Records how many of a group really came (số thực tế), counted at the gate. */
export function recordArrival(
  ports: CommandPorts,
  context: CommandContext,
  { sentAt, occurredAt, ...arrival }: ArrivalRequest,
): Promise<Handled<ArrivalRecorded>> {
  const occurrence = occurrenceOf({ sentAt, occurredAt }, context);
  return run(ports, context, {
    kind: 'arrival',
    id: arrival.arrival,
    stream: streamOf(context.fair, 'group', arrival.group),
    content: { ...arrival, occurredAt },
    ...occurrence,
    initial: unknownGroup,
    evolve: evolveGroup,
    decide: (group, fair) => decide(group, arrival, { fair, occurredAt: occurrence.occurredAt }),
    answer: (event) => {
      const { group, arrival: id, gate, persons } = dataOf(event, 'GroupArrived');
      return { outcome: 'arrived', group, arrival: id, gate, persons, occurredAt: timeText(event.occurredAt) };
    },
  });
}
