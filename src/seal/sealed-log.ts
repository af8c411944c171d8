import type { Database } from '../database/connect.ts';
import type { StoredEvent } from '../../events/envelope.ts';
import { parseCheckpoint } from './checkpoint.ts';
import { envelopeOf, leafHash } from './leaf.ts';
import { type PublishedKey, verifyByKeys } from './published-keys.ts';
import { askTree, leafOfPosition, storedCheckpoint } from './stored-tree.ts';
import { consistencyPath, inclusionPath, rootAt } from './tree.ts';
import { verifyConsistency, verifyInclusion } from './verify-path.ts';

export type SignedHead = { readonly note: string; readonly size: number; readonly root: Buffer };

export type Inclusion = { readonly leafHash: Buffer; readonly path: readonly Buffer[]; readonly root: Buffer };
export type Consistency = { readonly path: readonly Buffer[]; readonly fromRoot: Buffer; readonly toRoot: Buffer };

export type SealedFact = {
  /** What was hashed, and nothing else. */
  readonly envelope: StoredEvent;
  readonly leaf: number;
  readonly checkpoint: string;
  readonly path: readonly Buffer[];
  readonly keys: readonly string[];
};

/** The stored tree does not lead to its own signed head: somebody changed it. */
class BrokenTree extends Error {
  override readonly name = 'BrokenTree';
}

/**
 * Answers what can be asked about the sealed log, from what is stored, on any node and runtime. Nothing is answered that
 * whoever asked would have to refuse: every path is checked before it is given.
 */
export class SealedLog {
  readonly #db: Database;
  readonly #keys: () => Promise<readonly PublishedKey[]>;
  #verified: SignedHead | undefined;

  /** @param keys the log's keys, the oldest first, as this node believes them */
  constructor(db: Database, keys: () => Promise<readonly PublishedKey[]>) {
    this.#db = db;
    this.#keys = keys;
  }

  /** The last checkpoint; undefined before the first. @throws NoteError where no key of the log has signed it */
  async head(): Promise<SignedHead | undefined> {
    const note = await storedCheckpoint(this.#db);
    if (note === undefined) return undefined;
    if (this.#verified?.note === note) return this.#verified;
    const { size, root } = verifyByKeys(note, await this.#keys());
    this.#verified = { note, size, root };
    return this.#verified;
  }

  /** The log's name, and its keys, the oldest first; undefined before the first checkpoint. */
  async keys(): Promise<{ readonly origin: string; readonly keys: readonly PublishedKey[] } | undefined> {
    const head = await this.head();
    return head && { origin: parseCheckpoint(head.note).origin, keys: await this.#keys() };
  }

  /** Which leaf, from 0, stands for the event at a log position; undefined where none does yet. */
  leafOf(position: number): Promise<number | undefined> {
    return leafOfPosition(this.#db, position);
  }

  /**
   * @param asked 0 ≤ leaf < size ≤ the head's size
   * @throws BrokenTree, MissingHash
   */
  async inclusion({ leaf, size }: { readonly leaf: number; readonly size: number }): Promise<Inclusion> {
    const found = await askTree(this.#db, (hashAt) => ({
      leafHash: hashAt(0, leaf),
      path: inclusionPath(size, leaf, hashAt),
      root: rootAt(size, hashAt),
    }));
    await this.#checkSigned({ size, root: found.root });
    if (!verifyInclusion({ leaf: found.leafHash, index: leaf, size, path: found.path, root: found.root }))
      throw new BrokenTree(`leaf ${leaf} does not lead to the root of ${size}`);
    return found;
  }

  /**
   * @param asked 0 ≤ from ≤ to ≤ the head's size
   * @throws BrokenTree, MissingHash
   */
  async consistency({ from, to }: { readonly from: number; readonly to: number }): Promise<Consistency> {
    const found = await askTree(this.#db, (hashAt) => ({
      path: consistencyPath(from, to, hashAt),
      fromRoot: rootAt(from, hashAt),
      toRoot: rootAt(to, hashAt),
    }));
    await this.#checkSigned({ size: to, root: found.toRoot });
    const [older, newer] = [
      { size: from, root: found.fromRoot },
      { size: to, root: found.toRoot },
    ];
    if (!verifyConsistency({ from: older, to: newer, path: found.path }))
      throw new BrokenTree(`the stored tree of ${from} is no beginning of that of ${to}`);
    return found;
  }

  /**
   * All that shows an event to be in the sealed log; undefined while it is younger than the last checkpoint.
   * @throws BrokenTree where the event is not what was sealed at its place
   */
  async receipt(event: StoredEvent): Promise<SealedFact | undefined> {
    const head = await this.head();
    const leaf = await this.leafOf(event.position);
    if (!head || leaf === undefined || leaf >= head.size) return undefined;
    const { leafHash: sealed, path } = await this.inclusion({ leaf, size: head.size });
    if (!sealed.equals(leafHash(event))) throw new BrokenTree(`the event at ${event.position} is not what was sealed`);
    const keys = await this.#keys();
    return {
      envelope: envelopeOf(event),
      leaf,
      checkpoint: head.note,
      path,
      keys: keys.map(({ verifier }) => verifier),
    };
  }

  /** A tree that was never a head is signed all the same, as the beginning of one. */
  async #checkSigned(beginning: { readonly size: number; readonly root: Buffer }): Promise<void> {
    const head = await this.head();
    if (!head || beginning.size > head.size) throw new BrokenTree(`no tree of ${beginning.size} leaves was signed`);
    const path = await askTree(this.#db, (hashAt) => consistencyPath(beginning.size, head.size, hashAt));
    if (!verifyConsistency({ from: beginning, to: head, path }))
      throw new BrokenTree('the stored tree is not what was signed');
  }
}
