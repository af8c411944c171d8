import type { GroupDetails } from '../../events/group.ts';
import { changeGroup as decide, evolveGroup, unknownGroup } from '../domain/group.ts';
import { type CommandContext, type CommandPorts, type Handled, run } from './command.ts';
import { streamOf } from './ids.ts';

export type GroupChanged = { readonly outcome: 'changed'; readonly group: string };

/** Replaces what a school has registered, by its link or by the organiser. */
export const changeGroup = (
  ports: CommandPorts,
  context: CommandContext,
  { group, change, details }: { readonly group: string; readonly change: string; readonly details: GroupDetails },
): Promise<Handled<GroupChanged>> =>
  run(ports, context, {
    kind: 'group-change',
    id: change,
    stream: streamOf(context.fair, 'group', group),
    content: { ...details, group },
    occurredAt: context.now,
    initial: unknownGroup,
    evolve: evolveGroup,
    decide: (state, fair) => decide(state, { group, change, details }, { fair, occurredAt: context.now }),
    answer: () => ({ outcome: 'changed', group }),
  });
