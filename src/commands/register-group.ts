import type { GroupDetails } from '../../events/group.ts';
import { evolveGroup, registerGroup as decide, unknownGroup } from '../domain/group.ts';
import { type Command, type CommandContext, type CommandPorts, type Handled, run } from './command.ts';
import { type Contact, contactReference, runWithContact, type WithVault } from './contacts.ts';
import { streamOf } from './ids.ts';

export type GroupRegistered = { readonly outcome: 'registered'; readonly group: string };

export type GroupRegistration = {
  readonly group: string;
  readonly details: GroupDetails;
  readonly leader?: Contact | undefined;
  /** What tells whoever registers it from others of the same name: a hash of what only they know. */
  readonly submitter?: string | undefined;
};

/** Registers a school group (đoàn trường). The leader's contact goes into the vault, its reference into the event. */
export function registerGroup(
  ports: CommandPorts & WithVault,
  context: CommandContext,
  { group, details, leader: contact, submitter }: GroupRegistration,
): Promise<Handled<GroupRegistered>> {
  const { fair, now } = context;
  const reference = contactReference(fair, 'group-leader', group);
  const leader = contact === undefined ? null : reference;
  const command: Command<ReturnType<typeof evolveGroup>, GroupRegistered> = {
    kind: 'group',
    id: group,
    stream: streamOf(fair, 'group', group),
    content: { ...details, leader, ...(submitter === undefined ? {} : { submitter }) },
    occurredAt: now,
    initial: unknownGroup,
    evolve: evolveGroup,
    decide: (state, known) => decide(state, { group, details, leader }, { fair: known, occurredAt: now }),
    answer: () => ({ outcome: 'registered', group }),
  };
  return contact === undefined
    ? run(ports, context, command)
    : runWithContact(ports, context, command, { reference, kind: 'group-leader', contact });
}
