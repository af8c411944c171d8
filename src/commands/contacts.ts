import type { ContactKind, Entry, Vault } from '../vault/vault.ts';
import { StoreUnreachable } from '../store/event-store.ts';
import { type Command, type CommandContext, type CommandPorts, decide, type Handled, run } from './command.ts';
import { digestOf } from './digest.ts';
import { deriveId } from './ids.ts';

/** A person the organiser may have to reach. It lives in the vault, encrypted, and nowhere else. */
export type Contact = Entry['contact'];
export type WithVault = { readonly vault: Pick<Vault, 'put' | 'takeBack'> };

/** The reference under which a command's contact is kept: the same for every delivery of that command. */
export const contactReference = (fair: string, kind: ContactKind, clientId: string): string =>
  deriveId(fair, `contact:${kind}`, clientId);

/**
 * Runs a command whose event refers to a contact. The contact is in the vault before the event is in the log, and is
 * not kept there for a command that comes to nothing. It is no part of the digest, since no personal data is hashed; so the
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
  const recorded = events.find(({ id }) => id === eventId);
  if (recorded && recorded.meta.digest !== digestOf(context.actor, command.kind, command.content))
    return { kind: 'id-already-used' };
  if (recorded?.type === 'RequestRefused') return run(ports, context, command);
  if (!recorded) {
    const decision = decide(command, context, fair.state, events);
    if (!('type' in decision)) return run(ports, context, { ...command, decide: () => decision });
  }
  const kept = await ports.vault.put({ fair: context.fair, ...given, awaitedIn: command.stream });
  if (kept === 'different') return { kind: 'id-already-used' };
  const takeBack = () => (kept === 'kept' ? takeBackUnreferred(ports, context, command.stream, given) : undefined);
  try {
    const handled = await run(ports, context, command);
    if (handled.kind !== 'recorded') await takeBack();
    return handled;
  } catch (error) {
    // What was under way when the database went may be written yet: then a later sweep sees what became of it.
    if (!(error instanceof StoreUnreachable)) await takeBack();
    throw error;
  }
}

/** Another delivery may have won with the same contact: then its fact refers to what this one has kept. */
async function takeBackUnreferred(
  ports: CommandPorts & WithVault,
  { fair }: CommandContext,
  stream: string,
  { reference }: Pick<Entry, 'reference'>,
): Promise<void> {
  const { events } = await ports.fairs.loadWith(ports.store, fair, stream);
  if (!refersTo(events, reference)) await ports.vault.takeBack(fair, reference);
}

/** Whether one of these facts is what a contact was kept for. */
export const refersTo = (events: readonly { readonly data: unknown }[], reference: string): boolean =>
  events.some(
    ({ data }) => typeof data === 'object' && data !== null && Object.values<unknown>({ ...data }).includes(reference),
  );
