import type { DataOf } from '../../events/catalogue.ts';
import { assignBooth as decide, evolveBooth, unplannedBooth } from '../domain/booth.ts';
import { loadApplication } from './applications.ts';
import { type CommandContext, type CommandPorts, type Handled, run } from './command.ts';
import { boothStream } from './ids.ts';

export type BoothAssigned = { readonly outcome: 'assigned'; readonly booth: string; readonly exhibitor: string };

/**
 * Gives a booth to an exhibitor. The booth's stream alone decides who wins; the application is looked up before, and
 * may end in between. Then it refuses the grant that follows, and the reaction releases the booth again.
 */
export async function assignBooth(
  ports: CommandPorts,
  context: CommandContext,
  assignment: DataOf<'BoothAssigned'>,
): Promise<Handled<BoothAssigned>> {
  const { booth, exhibitor } = assignment;
  const application = await loadApplication(ports, context.fair, exhibitor);
  return run(ports, context, {
    kind: 'booth-assignment',
    id: assignment.assignment,
    stream: boothStream(context.fair, booth),
    content: assignment,
    occurredAt: context.now,
    initial: unplannedBooth,
    evolve: evolveBooth,
    decide: (state, fair) => decide(state, assignment, { fair, occurredAt: context.now, application }),
    answer: () => ({ outcome: 'assigned', booth, exhibitor }),
  });
}
