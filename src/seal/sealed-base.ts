import type { Kysely } from 'kysely';
import type { Tables } from '../database/tables.ts';
import type { AgreedKeys } from './agreed-keys.ts';
import type { Checkpoint } from './checkpoint.ts';
import { copyOut } from './copy-out.ts';
import { Frontier } from './frontier.ts';
import { NoteError } from './note-error.ts';
import type { OutsideCopies } from './outside-copies.ts';
import { verifyByKeys } from './published-keys.ts';
import { orRefuse, SealRefused } from './seal-refused.ts';
import { storedEdge, type StoredTile } from './stored-tree.ts';
import { hashesIn } from './tiles.ts';

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
  if ((head?.size ?? 0) < size) await copyOut(db, { outside, head, frontier, verifierKey: signer.verifierKey });
  return { frontier, edge, ahead: undefined };
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
