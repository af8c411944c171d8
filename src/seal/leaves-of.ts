import { setImmediate } from 'node:timers/promises';
import type { StoredEvent } from '../../events/envelope.ts';
import { leafHash } from './leaf.ts';
import { SealRefused } from './seal-refused.ts';
import type { SealedLeaf } from './stored-tree.ts';

/** Gates are answered on the same thread: hashing lets them in between. */
export async function leavesOf(events: readonly StoredEvent[]): Promise<SealedLeaf[]> {
  const leaves: SealedLeaf[] = [];
  for (let from = 0; from < events.length; from += sliceMax) {
    leaves.push(...events.slice(from, from + sliceMax).map(leafOf));
    await setImmediate();
  }
  return leaves;
}

/** Some ten microseconds each. */
const sliceMax = 100;

/** What was sealed and then lost from the database has to come back as it was. */
export function compareOutside(leaves: readonly SealedLeaf[], sealed: readonly SealedLeaf[]): void {
  const changed = leaves.find(({ hash, position }, at) => {
    const known = sealed[at];
    return known !== undefined && (known.position !== position || !known.hash.equals(hash));
  });
  if (changed) throw new SealRefused(`the fact at position ${changed.position} is not what was sealed`);
}

export const leafOf = (event: StoredEvent): SealedLeaf => {
  try {
    return { position: event.position, hash: leafHash(event) };
  } catch (error) {
    throw new SealRefused(`the fact at position ${event.position} cannot be hashed: ${String(error)}`);
  }
};
