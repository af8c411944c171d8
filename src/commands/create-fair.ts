import type { FairSettings } from '../../events/fair.ts';
import { createFair as decide, evolveFair, unknownFair } from '../domain/fair.ts';
import { type CommandContext, type CommandPorts, type Handled, run } from './command.ts';
import { fairStream } from './ids.ts';

export type FairCreated = { readonly outcome: 'created'; readonly fair: string; readonly revision: 1 };

/** Makes the key that signs this fair's passes; asked again, the same. */
export type FairKeys = { readonly passKeys: { publicKeyOf(fair: string): Promise<string> } };

/** Founds a fair, with a key of its own for its passes. */
export async function createFair(
  ports: CommandPorts & FairKeys,
  context: CommandContext,
  { fair, settings }: { readonly fair: string; readonly settings: FairSettings },
): Promise<Handled<FairCreated>> {
  const passKey = await ports.passKeys.publicKeyOf(fair);
  return run(ports, context, {
    kind: 'fair',
    id: fair,
    stream: fairStream(fair),
    content: { settings },
    occurredAt: context.now,
    initial: unknownFair,
    evolve: evolveFair,
    decide: (_, known) => decide(known, { fair, settings, passKey }),
    decideWithoutFair: () => decide(unknownFair, { fair, settings, passKey }),
    answer: () => ({ outcome: 'created', fair, revision: 1 }),
  });
}
