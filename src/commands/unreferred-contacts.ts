import type { EventStore } from '../store/event-store.ts';
import type { Vault } from '../vault/vault.ts';
import { refersTo } from './contacts.ts';

/** However long a server is away: a command that was begun a day ago is not written any more. */
const graceMs = 86_400_000;

/**
 * Takes back the contacts of commands whose outcome nobody learnt, where their fact never came into the log.
 * @returns how many
 */
export async function takeBackUnreferred({
  store,
  vault,
}: {
  readonly store: Pick<EventStore, 'load'>;
  readonly vault: Pick<Vault, 'awaited' | 'settle' | 'takeBackAwaited'>;
}): Promise<number> {
  let takenBack = 0;
  for (const contact of await vault.awaited(graceMs)) {
    const [events = []] = await store.load([{ stream: contact.stream, afterVersion: 0 }]);
    if (refersTo(events, contact.reference)) await vault.settle(contact.reference);
    else takenBack += (await vault.takeBackAwaited(contact.reference, graceMs)) ? 1 : 0;
  }
  return takenBack;
}
