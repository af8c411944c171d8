import type { DataOf } from '../../events/catalogue.ts';
import { changeBooth as decide, evolveBooth, unplannedBooth } from '../domain/booth.ts';
import { type CommandContext, type CommandPorts, type Handled, run } from './command.ts';
import { boothStream } from './ids.ts';

export type BoothChanged = { readonly outcome: 'changed' };

/** Moves a booth on the plan, or reserves, blocks or frees it. */
export const changeBooth = (
  ports: CommandPorts,
  context: CommandContext,
  change: DataOf<'BoothChanged'>,
): Promise<Handled<BoothChanged>> =>
  run(ports, context, {
    kind: 'booth-change',
    id: change.change,
    stream: boothStream(context.fair, change.booth),
    content: change,
    occurredAt: context.now,
    initial: unplannedBooth,
    evolve: evolveBooth,
    decide: (booth, fair) => decide(booth, change, { fair, occurredAt: context.now }),
    answer: () => ({ outcome: 'changed' }),
  });
