import type { Database } from '../database/connect.ts';
import type { OutsideCopies } from './outside-copies.ts';

const dayMs = 86_400_000;
const askedMax = 1000;

/**
 * Removes checkpoints that are older than a day from the copies outside, where the database has the very same: of each day
 * (UTC) the last one stays, and so do the first and the last of all, and those at which a key was handed over. What is
 * left stands round a changed fact as closely as anybody needs; a checkpoint that the database lacks is never removed.
 * @param now ms since 1970
 * @returns how many
 */
export async function thinCheckpoints(db: Database, outside: OutsideCopies, now = Date.now()): Promise<number> {
  const handovers = new Set((await outside.keys()).map(({ fromSize }) => fromSize));
  const spare = spareOf(await outside.checkpointTimes(), now).filter((size) => !handovers.has(size));
  let removed = 0;
  for (let from = 0; from < spare.length; from += askedMax) {
    const sizes = spare.slice(from, from + askedMax);
    const rows = await db.selectFrom('checkpoints').select(['size', 'note']).where('size', 'in', sizes).execute();
    for (const { size, note } of rows) {
      if ((await outside.checkpoint(size)) !== note) continue;
      await outside.removeCheckpoint(size);
      removed += 1;
    }
  }
  return removed;
}

/** @param times the smallest checkpoint first, with when each was written, in ms since 1970 */
function spareOf(times: readonly { readonly size: number; readonly at: number }[], now: number): number[] {
  const dayOf = (at: number) => Math.floor(at / dayMs);
  return times
    .filter(({ at }, index) => {
      const next = times[index + 1];
      return index > 0 && next !== undefined && at < now - dayMs && dayOf(next.at) === dayOf(at);
    })
    .map(({ size }) => size);
}
