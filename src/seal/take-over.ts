import type { Kysely } from 'kysely';
import type { Tables } from '../database/tables.ts';
import type { EventStore } from '../store/event-store.ts';
import type { Frontier } from './frontier.ts';
import { growTree } from './grow-tree.ts';
import { compareOutside, leavesOf } from './leaves-of.ts';
import type { OutsideCopies } from './outside-copies.ts';
import { SealRefused } from './seal-refused.ts';
import type { Head } from './sealed-base.ts';
import { keepCheckpoint, type SealedLeaf, storedEdge, type StoredTile } from './stored-tree.ts';

type TakingOver = {
  readonly store: Pick<EventStore, 'read'>;
  readonly outside: OutsideCopies;
  /** Leaves that are read at once. */
  readonly batchMax: number;
  /** The tree in the database, its growing tiles, and the log position of its last leaf. */
  readonly frontier: Frontier;
  readonly edge: readonly StoredTile[];
  readonly position: number;
  readonly ahead: Head;
};

/**
 * Makes what the database lost of the tree again, out of the log, up to the last checkpoint outside: fact by fact as they
 * were sealed, and all at once, so that other machines never see a tree in between, which nobody signed.
 * @returns the log position of the last leaf
 * @throws SealRefused where a fact is missing, or is not what was sealed
 */
export async function takeOver(transaction: Kysely<Tables>, taking: TakingOver): Promise<number> {
  const { outside, ahead } = taking;
  const first = Math.max(taking.frontier.size, await outside.leaves.count());
  const lost: SealedLeaf[] = [];
  let { position, edge, frontier } = taking;
  while (frontier.size < ahead.size) {
    const { size } = frontier;
    const leaves = await sealedBefore({ ...taking, frontier }, position);
    frontier = await growTree(transaction, { size, edge, leaves });
    lost.push(...leaves.slice(Math.max(0, first - size)));
    position = leaves.at(-1)?.position ?? position;
    edge = await storedEdge(transaction, frontier.size);
  }
  if (!ahead.root.equals(frontier.root()))
    throw new SealRefused(`the log’s first ${ahead.size} facts have not the root that was signed for them`);
  await transaction.updateTable('seal_progress').set({ size: ahead.size, position }).execute();
  await keepCheckpoint(transaction, ahead.size, ahead.note);
  if (lost.length > 0) await outside.leaves.keep(first, lost);
  await outside.keepCheckpoint(ahead.note);
  return position;
}

/** The leaves that come next, as the log has them now, which have to be those outside. */
async function sealedBefore(
  { store, outside, batchMax, frontier: { size }, ahead }: TakingOver,
  position: number,
): Promise<SealedLeaf[]> {
  const wanted = Math.min(batchMax, ahead.size - size);
  const events = await store.read(position, wanted);
  if (events.length < wanted)
    throw new SealRefused(`the log has ${size + events.length} facts, and ${ahead.size} were sealed`);
  const leaves = await leavesOf(events);
  compareOutside(leaves, await outside.leaves.read(size, leaves.length));
  return leaves;
}
