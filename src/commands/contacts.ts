import {
  type Command,
  type CommandContext,
  type CommandPorts,
  decide,
  type Handled,
  run,
  withoutFact,
} from './command.ts';
import { deriveId } from './ids.ts';

/** A person the organiser may have to reach. It lives in the vault, encrypted, and nowhere else. */
export type Contact = {
  readonly name: string;
  /** `+84…` */
  readonly phone?: string | undefined;
  readonly email?: string | undefined;
  /** The 12 digits of a household's owner. */
  readonly citizenNumber?: string | undefined;
};

/** Why a contact is kept, which says for how long. */
export type ContactPurpose = 'representative' | 'group-leader';

/** The vault, as far as commands need it. */
export type ContactVault = {
  /** Keeps a contact under its reference; the first one given stays. `differs` when another one is there already. */
  keep(entry: {
    readonly fair: string;
    readonly reference: string;
    readonly purpose: ContactPurpose;
    readonly contact: Contact;
  }): Promise<'kept' | 'differs'>;
  /** Keeps nothing: whether this is the contact under that reference, or what it was is gone. */
  compare(entry: { readonly reference: string; readonly contact: Contact }): Promise<'same' | 'differs' | 'gone'>;
};

export type WithContacts = { readonly contacts: ContactVault };

/** The reference under which a command's contact is kept: the same for every delivery of that command. */
export const contactReference = (fair: string, purpose: ContactPurpose, clientId: string): string =>
  deriveId(fair, `contact:${purpose}`, clientId);

/**
 * Runs a command whose event refers to a contact: the contact is in the vault before the event is in the log, and is
 * not put there for a command that is refused, or for a repeat whose contact was erased meanwhile. The contact is no
 * part of the digest, since no personal data is hashed; so the vault itself says whether a repeat brings another one.
 */
export async function runWithContact<State, Answer>(
  ports: CommandPorts & WithContacts,
  context: CommandContext,
  command: Command<State, Answer>,
  given: { readonly reference: string; readonly purpose: ContactPurpose; readonly contact: Contact },
): Promise<Handled<Answer>> {
  const { fair, events } = await ports.fairs.loadWith(ports.store, context.fair, command.stream);
  const eventId = deriveId(context.fair, command.kind, command.id);
  if (events.some(({ id }) => id === eventId)) {
    const compared = await ports.contacts.compare(given);
    return compared === 'differs' ? { kind: 'id-already-used' } : run(ports, context, command);
  }
  const decision = decide(command, context, fair, events);
  if (!('type' in decision)) return withoutFact(decision);
  const kept = await ports.contacts.keep({ fair: context.fair, ...given });
  return kept === 'differs' ? { kind: 'id-already-used' } : run(ports, context, command);
}
