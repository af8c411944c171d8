import type { DataOf } from '../../events/catalogue.ts';
import { evolveApplication, grantBooth as decide, unknownApplication } from '../domain/application.ts';
import { type CommandContext, type CommandPorts, type Handled, run } from './command.ts';
import { streamOf } from './ids.ts';

export type BoothGranted = { readonly outcome: 'granted' };

/** Tells an application of the booth that was assigned to it; `occurredAt` is when that was, in ms. */
export const grantBooth = (
  ports: CommandPorts,
  context: CommandContext,
  grant: DataOf<'BoothGranted'>,
  { occurredAt }: { readonly occurredAt: number },
): Promise<Handled<BoothGranted>> =>
  run(ports, context, {
    kind: 'booth-grant',
    id: grant.assignment,
    stream: streamOf(context.fair, 'application', grant.application),
    content: grant,
    occurredAt,
    initial: unknownApplication,
    evolve: evolveApplication,
    decide: (application) => decide(application, grant),
    answer: () => ({ outcome: 'granted' }),
  });
