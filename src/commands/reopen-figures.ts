import { reopenFigures as decide } from '../domain/fair.ts';
import { type CommandContext, type CommandPorts, type Handled, run } from './command.ts';
import { fairCommand } from './fair-command.ts';

export type FiguresReopened = { readonly outcome: 'reopened'; readonly reopening: string };

/** Makes the figures provisional again (mở lại); what came in after the closing moves them from now on. */
export const reopenFigures = (
  ports: CommandPorts,
  context: CommandContext,
  { reopening, reason }: { readonly reopening: string; readonly reason: string },
): Promise<Handled<FiguresReopened>> =>
  run(
    ports,
    context,
    fairCommand(context, {
      kind: 'reopening',
      id: reopening,
      content: { reason },
      decide: (fair) => decide(fair, { reopening, reason }),
      answer: () => ({ outcome: 'reopened', reopening }),
    }),
  );
