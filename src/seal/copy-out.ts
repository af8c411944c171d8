import type { Kysely } from 'kysely';
import type { Tables } from '../database/tables.ts';
import { verifyCheckpoint } from './checkpoint.ts';
import { Frontier } from './frontier.ts';
import { NoteError } from './note-error.ts';
import type { OutsideCopies } from './outside-copies.ts';
import { orRefuse, SealRefused } from './seal-refused.ts';
import type { Head } from './sealed-base.ts';
import { askTree, keepMissing, type SealedLeaf, storedCheckpoint, storedLeaves } from './stored-tree.ts';

type Copying = {
  readonly outside: OutsideCopies;
  /** The last checkpoint of this machine, smaller than the tree; undefined where it has none. */
  readonly head: Head | undefined;
  /** The tree in the database. */
  readonly frontier: Frontier;
  readonly verifierKey: string;
};

/**
 * Brings the copies of this machine up to a tree that another one has sealed with the same key: it has to begin with what
 * we have, and its leaves to have the root that is signed, before one of them is written. What was sealed here stays as
 * it is. A checkpoint of ours that was lost before the database had it, because we were killed, is put there.
 * @throws SealRefused where the tree is another one
 */
export async function copyOut(db: Kysely<Tables>, { outside, head, frontier, verifierKey }: Copying): Promise<void> {
  const note = await signedNote(db, frontier, verifierKey);
  const known = head?.size ?? 0;
  const kept = Math.min(await outside.leaves.count(), known);
  const begun = kept < known ? Frontier.empty() : await beginningIn(db, known);
  const leaves = await leavesBetween(db, begun, known);
  if (head && !head.root.equals(begun.root()))
    throw new SealRefused(`the sealed tree does not begin with the ${known} leaves that were sealed here`);
  const added = [...leaves.slice(kept), ...(await leavesBetween(db, begun, frontier.size))];
  if (!begun.root().equals(frontier.root()))
    throw new SealRefused(`the ${frontier.size} leaves of the sealed tree have not the root that was signed`);
  await outside.leaves.keep(kept, added);
  if (head) await keepMissing(db, head);
  await outside.keepCheckpoint(note);
}

/** The tree in the database as it was at a size. */
const beginningIn = (db: Kysely<Tables>, size: number): Promise<Frontier> =>
  orRefuse(() => askTree(db, (hashAt) => Frontier.at(size, hashAt)));

/** Counts a tree on, leaf by leaf, with those in the database. @returns them */
async function leavesBetween(db: Kysely<Tables>, frontier: Frontier, size: number): Promise<SealedLeaf[]> {
  const added: SealedLeaf[] = [];
  while (frontier.size < size) {
    const leaves = (await storedLeaves(db, { from: frontier.size })).slice(0, size - frontier.size);
    if (leaves.length === 0) throw new SealRefused(`leaf ${frontier.size} is gone from the sealed tree`);
    for (const { hash } of leaves) frontier.append(hash);
    for (const leaf of leaves) added.push(leaf);
  }
  return added;
}

/** The checkpoint in the database of the tree in the database, signed by the very key that we have. */
async function signedNote(db: Kysely<Tables>, frontier: Frontier, verifierKey: string): Promise<string> {
  const note = (await storedCheckpoint(db)) ?? '';
  try {
    const { size, root } = verifyCheckpoint(note, [verifierKey]);
    if (size === frontier.size && root.equals(frontier.root())) return note;
  } catch (error) {
    if (!(error instanceof NoteError)) throw error;
  }
  throw new SealRefused(`the database claims ${frontier.size} sealed leaves, and shows no checkpoint of ours for them`);
}
