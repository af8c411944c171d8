import { readSnapshot, type Snapshot } from '../figures/snapshot.ts';
import { knownFair } from './known-fair.ts';
import type { Ports } from './ports.ts';
import { Problem } from './problems.ts';
import { reached } from './reached.ts';

/**
 * Reads projected tables of a fair, all as of one position, which goes into the answer; not before `after` is in them.
 * @throws Problem 404 for a fair that does not exist, 503 while nothing was ever projected
 */
export async function projected<Answer extends object>(
  ports: Pick<Ports, 'projections' | 'progress' | 'fairs' | 'store'>,
  { fair, after }: { readonly fair: string; readonly after?: number | undefined },
  read: (snapshot: Snapshot) => Promise<Answer>,
): Promise<Answer & { readonly position: number }> {
  await knownFair(ports, fair);
  await reached(ports, { after });
  const answer = await readSnapshot(ports.projections, async (snapshot) => ({
    position: snapshot.position,
    ...(await read(snapshot)),
  }));
  if (!answer) throw new Problem('busy', { retryAfterSeconds: 1, detail: 'Nothing of this log was counted yet.' });
  return answer;
}

/** A page of `limit` items out of `limit` + 1 that were read; the one too many says that there is a next page. */
export const pageOf = <Item>(
  items: readonly Item[],
  limit: number,
): { readonly shown: readonly Item[]; readonly more: Item | undefined } => ({
  shown: items.slice(0, limit),
  more: items[limit],
});
