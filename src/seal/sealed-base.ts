import type { Kysely } from 'kysely';
import type { Tables } from '../database/tables.ts';
import type { AgreedKeys } from './agreed-keys.ts';
import { type Checkpoint, verifyCheckpoint } from './checkpoint.ts';
import { Frontier } from './frontier.ts';
import { NoteError } from './note-error.ts';
import type { OutsideCopies } from './outside-copies.ts';
import { verifyByKeys } from './published-keys.ts';
import { SealRefused } from './seal-refused.ts';
import { storedCheckpoint, storedEdge, storedLeaves, type StoredTile } from './stored-tree.ts';
import { hashesIn, MissingHash } from './tiles.ts';

/** A checkpoint that we have verified, and its note. */
export type Head = Pick<Checkpoint, 'size' | 'root'> & { readonly note: string };

/** What the tree goes on from: the one in the database, which is known to fit what was signed before. */
export type Base = {
  readonly frontier: Frontier;
  /** The tiles that grow. */
  readonly edge: readonly StoredTile[];
  /** A checkpoint outside of more leaves than the database knows of: those come first, and are nothing new. */
  readonly ahead: Head | undefined;
};

/** @throws SealRefused where the database holds another tree than was signed */
export async function sealedBase(
  db: Kysely<Tables>,
  size: number,
  { outside, keys, signer }: AgreedKeys & { readonly outside: OutsideCopies },
): Promise<Base> {
  const edge = await storedEdge(db, size);
  const frontier = await orRefuse(() => Frontier.at(size, hashesIn(edge)));
  const head = await outsideHead(outside, keys);
  if (head !== undefined && head.size > size) return { frontier, edge, ahead: head };
  if (head?.size === size && !head.root.equals(frontier.root()))
    throw new SealRefused(`the tree of ${size} leaves in the database has not the root that was signed for it`);
  if ((head?.size ?? 0) < size) await copyOut(db, frontier, { outside, head, verifierKey: signer.verifierKey });
  return { frontier, edge, ahead: undefined };
}

/** A stored tree with a hole is nothing to go on from. */
export async function orRefuse<Answer>(ask: () => Answer | Promise<Answer>): Promise<Answer> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof MissingHash) throw new SealRefused(error.message);
    throw error;
  }
}

async function outsideHead(outside: OutsideCopies, keys: AgreedKeys['keys']): Promise<Head | undefined> {
  const note = await outside.latest();
  if (note === undefined) return undefined;
  try {
    return { ...verifyByKeys(note, keys), note };
  } catch (error) {
    if (error instanceof NoteError)
      throw new SealRefused(`the last checkpoint below ${outside.folder} is not to be believed: ${error.message}`);
    throw error;
  }
}

type Copying = {
  readonly outside: OutsideCopies;
  readonly head: Head | undefined;
  readonly verifierKey: string;
};

/**
 * Brings the copies of this machine up to a tree that another one has sealed with the same key, leaf by leaf: it has to
 * have the root that is signed, and to begin with what we have.
 */
async function copyOut(db: Kysely<Tables>, frontier: Frontier, copying: Copying): Promise<void> {
  const { outside, head } = copying;
  const note = await signedNote(db, frontier, copying);
  const recounted = Frontier.empty();
  const checkBeginning = () => {
    if (head && recounted.size === head.size && !head.root.equals(recounted.root()))
      throw new SealRefused(`the sealed tree does not begin with the ${head.size} leaves that were sealed here`);
  };
  while (recounted.size < frontier.size) {
    const leaves = await storedLeaves(db, { from: recounted.size });
    if (leaves.length === 0) throw new SealRefused(`leaf ${recounted.size} is gone from the sealed tree`);
    const from = recounted.size;
    for (const { hash } of leaves.slice(0, frontier.size - from)) {
      recounted.append(hash);
      checkBeginning();
    }
    // Beyond the last checkpoint the file says nothing yet.
    await outside.leaves.keep(from, leaves.slice(0, frontier.size - from));
  }
  if (!recounted.root().equals(frontier.root()))
    throw new SealRefused(`the ${frontier.size} leaves of the sealed tree have not the root that was signed`);
  await outside.keepCheckpoint(note);
}

/** The checkpoint in the database of the tree in the database, signed by the very key that we have. */
async function signedNote(db: Kysely<Tables>, frontier: Frontier, { verifierKey }: Copying): Promise<string> {
  const note = (await storedCheckpoint(db)) ?? '';
  try {
    const { size, root } = verifyCheckpoint(note, [verifierKey]);
    if (size === frontier.size && root.equals(frontier.root())) return note;
  } catch (error) {
    if (!(error instanceof NoteError)) throw error;
  }
  throw new SealRefused(`the database claims ${frontier.size} sealed leaves, and shows no checkpoint of ours for them`);
}
