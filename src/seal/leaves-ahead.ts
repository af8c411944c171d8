import type { StoredEvent } from '../../events/envelope.ts';
import type { EventStore } from '../store/event-store.ts';
import { leafOf, leavesOf } from './leaves-of.ts';
import type { SealedLeaf } from './stored-tree.ts';

type Log = Pick<EventStore, 'follow' | 'readAt'>;
type Read = EventStore['read'];

/** Leaves that follow one another in the log; `isCut` where the last is the last of its checkpoint. */
export type NextLeaves = { readonly leaves: readonly SealedLeaf[]; readonly isCut: boolean };

const none: NextLeaves = { leaves: [], isCut: false };

/**
 * Leaves of the facts that will be sealed next, made as they come, while they are gathered: others read them then too,
 * and the store reads the end of the log once for all of them.
 */
export class LeavesAhead {
  readonly #store: Log;
  readonly #leavesMax: number;
  /** The position that the leaves follow; undefined while nobody seals here. */
  #after: number | undefined;
  #next: NextLeaves = none;

  constructor(store: Log, { leavesMax }: { readonly leavesMax: number }) {
    this.#store = store;
    this.#leavesMax = leavesMax;
  }

  get isFollowing(): boolean {
    return this.#after !== undefined;
  }

  /** Begins anew behind a position; with none it is left to whoever seals. */
  follow(after: number | undefined): void {
    this.#after = after;
    this.#next = none;
  }

  /** Reads what has come. What cannot be read or hashed is left to the next step, which says why. */
  async readOn(): Promise<void> {
    const after = this.#after;
    if (after === undefined) return;
    try {
      const follow: Read = (from, limit) => this.#store.follow(from, limit);
      this.#next = await nextLeaves(follow, { ...this.#next, after, leavesMax: this.#leavesMax });
    } catch {
      this.follow(undefined);
    }
  }

  /**
   * What follows a position, if that is where it was followed from. A server that takes another's place may have lost the
   * last facts and have others in their place, so the last leaf has to be that of the fact which the log has now: a log
   * loses its end and nothing else, and what comes before it is as it was.
   */
  async take(after: number): Promise<NextLeaves> {
    const taken = this.#after === after ? this.#next : none;
    this.follow(undefined);
    const last = taken.leaves.at(-1);
    if (!last) return none;
    const [event] = await this.#store.readAt([last.position]);
    return event && leafOf(event).hash.equals(last.hash) ? taken : none;
  }
}

/**
 * Adds to leaves those of the facts that follow, up to the closing of figures, the end of the log, or `leavesMax`. Facts
 * are read page by page, and only their hashes kept.
 */
export async function nextLeaves(
  read: Read,
  { leaves: before, isCut, after, leavesMax }: NextLeaves & { readonly after: number; readonly leavesMax: number },
): Promise<NextLeaves> {
  const leaves = [...before];
  if (isCut) return { leaves, isCut };
  for (let isEnd = false; !isEnd && leaves.length < leavesMax;) {
    const wanted = Math.min(pageMax, leavesMax - leaves.length);
    const events = await read(leaves.at(-1)?.position ?? after, wanted);
    const closing = events.findIndex(isClosing);
    leaves.push(...(await leavesOf(closing < 0 ? events : events.slice(0, closing + 1))));
    if (closing >= 0) return { leaves, isCut: true };
    isEnd = events.length < wanted;
  }
  return { leaves, isCut: leaves.length >= leavesMax };
}

const pageMax = 500;

const isClosing = ({ type }: StoredEvent): boolean => type === 'FiguresClosed';
