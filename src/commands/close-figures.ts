import { closeFigures as decide } from '../domain/fair.ts';
import { type CommandContext, type CommandPorts, type Handled, run } from './command.ts';
import { fairCommand } from './fair-command.ts';
import { timeText } from './recorded.ts';

/** `closedAt`, RFC 3339: what occurs later is no fact of this fair any more. */
export type FiguresClosed = { readonly outcome: 'closed'; readonly closing: string; readonly closedAt: string };

/** Makes the figures final (chốt số liệu): those of the log up to this fact's position. */
export const closeFigures = (
  ports: CommandPorts,
  context: CommandContext,
  { closing, note }: { readonly closing: string; readonly note?: string | undefined },
): Promise<Handled<FiguresClosed>> =>
  run(
    ports,
    context,
    fairCommand(context, {
      kind: 'closing',
      id: closing,
      content: { note },
      decide: (fair) => decide(fair, { closing, ...(note === undefined ? {} : { note }) }),
      answer: ({ occurredAt }) => ({ outcome: 'closed', closing, closedAt: timeText(occurredAt) }),
    }),
  );
