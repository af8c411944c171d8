import type { FairSettings } from '../../events/fair.ts';
import { reviseFair as decide } from '../domain/fair.ts';
import { type CommandContext, type CommandPorts, type Handled, run } from './command.ts';
import { fairCommand } from './fair-command.ts';

export type FairRevised = { readonly outcome: 'revised'; readonly fair: string; readonly revision: number };

export type Revision = {
  readonly revision: string;
  readonly settings: FairSettings;
  /** The revision that was read before: somebody else's change in between is not written over. */
  readonly basedOn: number;
};

/** Replaces a fair's settings as a whole. */
export const reviseFair = (
  ports: CommandPorts,
  context: CommandContext,
  { revision, settings, basedOn }: Revision,
): Promise<Handled<FairRevised>> =>
  run(
    ports,
    context,
    fairCommand(context, {
      kind: 'revision',
      id: revision,
      content: { settings, basedOn },
      decide: (fair) => decide(fair, { fair: context.fair, revision, settings, basedOn }),
      answer: () => ({ outcome: 'revised', fair: context.fair, revision: basedOn + 1 }),
    }),
  );
