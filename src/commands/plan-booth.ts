import type { BoothPlan } from '../../events/booth.ts';
import { evolveBooth, planBooth as decide, unplannedBooth } from '../domain/booth.ts';
import { type CommandContext, type CommandPorts, type Handled, run } from './command.ts';
import { boothStream } from './ids.ts';

export type BoothPlanned = { readonly outcome: 'planned' };

/** Puts a booth on the plan. Its code is its name for good: what changes later is a change of its own. */
export const planBooth = (
  ports: CommandPorts,
  context: CommandContext,
  { booth, plan }: { readonly booth: string; readonly plan: BoothPlan },
): Promise<Handled<BoothPlanned>> =>
  run(ports, context, {
    kind: `booth:${booth}`,
    refusals: 'decided-anew',
    id: context.fair,
    stream: boothStream(context.fair, booth),
    content: { booth, plan },
    occurredAt: context.now,
    initial: unplannedBooth,
    evolve: evolveBooth,
    decide: (state, fair) => decide(state, { booth, plan }, { fair, occurredAt: context.now }),
    answer: () => ({ outcome: 'planned' }),
  });
