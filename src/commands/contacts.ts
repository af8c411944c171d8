import type { ContactKind, Entry, Vault } from '../vault/vault.ts';
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
export type Contact = Entry['contact'];
export type WithVault = { readonly vault: Pick<Vault, 'put'> };

/** The reference under which a command's contact is kept: the same for every delivery of that command. */
export const contactReference = (fair: string, kind: ContactKind, clientId: string): string =>
  deriveId(fair, `contact:${kind}`, clientId);

/**
 * Runs a command whose event refers to a contact. The contact is in the vault before the event is in the log, and is
 * not put there for a command that is refused. It is no part of the digest, since no personal data is hashed; so the
 * vault itself says whether a repeat brings another one, or one that was erased meanwhile, which stays erased.
 */
export async function runWithContact<State, Answer>(
  ports: CommandPorts & WithVault,
  context: CommandContext,
  command: Command<State, Answer>,
  given: Pick<Entry, 'reference' | 'kind' | 'contact'>,
): Promise<Handled<Answer>> {
  const { fair, events } = await ports.fairs.loadWith(ports.store, context.fair, command.stream);
  const eventId = deriveId(context.fair, command.kind, command.id);
  if (!events.some(({ id }) => id === eventId)) {
    const decision = decide(command, context, fair, events);
    if (!('type' in decision)) return withoutFact(decision);
  }
  const kept = await ports.vault.put({ fair: context.fair, ...given });
  return kept === 'different' ? { kind: 'id-already-used' } : run(ports, context, command);
}
