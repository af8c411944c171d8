import type { DataOf } from '../../events/catalogue.ts';
import { evolveApplication, takeBoothBack as decide, unknownApplication } from '../domain/application.ts';
import { type CommandContext, type CommandPorts, type Handled, run } from './command.ts';
import { streamOf } from './ids.ts';

export type BoothTakenBack = { readonly outcome: 'taken-back' };

/** Tells an application that its booth was released; `occurredAt` is when that was, in ms. */
export const takeBoothBack = (
  ports: CommandPorts,
  context: CommandContext,
  end: DataOf<'BoothTakenBack'>,
  { occurredAt }: { readonly occurredAt: number },
): Promise<Handled<BoothTakenBack>> =>
  run(ports, context, {
    kind: 'booth-take-back',
    id: end.release,
    stream: streamOf(context.fair, 'application', end.application),
    content: end,
    occurredAt,
    initial: unknownApplication,
    evolve: evolveApplication,
    decide: (application) => decide(application, end),
    answer: () => ({ outcome: 'taken-back' }),
  });
