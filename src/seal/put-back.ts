import type { Kysely } from 'kysely';
import type { Tables } from '../database/tables.ts';
import { NoteError } from './note-error.ts';
import type { OutsideCopies } from './outside-copies.ts';
import { type PublishedKey, verifyByKeys } from './published-keys.ts';
import { keepMissing } from './stored-tree.ts';

/**
 * Puts every checkpoint of this machine that the database does not have into it. Those of them that no key of the log
 * has signed are left to `verify`, which tells of them.
 * @returns the sizes of those that were missing
 */
export async function putBack(
  db: Kysely<Tables>,
  outside: OutsideCopies,
  keys: readonly PublishedKey[],
): Promise<number[]> {
  const rows = await db.selectFrom('checkpoints').select('size').execute();
  const there = new Set(rows.map(({ size }) => size));
  const lost: number[] = [];
  for (const size of await outside.checkpointSizes()) {
    if (there.has(size)) continue;
    const note = await outside.checkpoint(size);
    if (note === undefined || !isOf(size, note, keys)) continue;
    await keepMissing(db, { size, note });
    lost.push(size);
  }
  return lost;
}

function isOf(size: number, note: string, keys: readonly PublishedKey[]): boolean {
  try {
    return verifyByKeys(note, keys).size === size;
  } catch (error) {
    if (error instanceof NoteError) return false;
    throw error;
  }
}
