import type { StoredEvent } from '../../../events/envelope.ts';
import { Frontier } from '../frontier.ts';
import { leafHash } from '../leaf.ts';
import type { Finding } from './finding.ts';
import type { Head } from './heads.ts';

/**
 * Where no list of leaves can be believed, the heads alone say how far the log is as it was sealed: the first that it
 * does not lead to, and the last one before, stand round what was changed.
 * @param heads the smallest first
 * @param known leaves that are compared one by one already
 */
export async function compareRoots(
  log: AsyncIterable<readonly StoredEvent[]>,
  heads: readonly Head[],
  known: number,
): Promise<Finding[]> {
  const frontier = Frontier.empty();
  const due = heads.filter(({ size }) => size > known);
  let good = known;
  for await (const events of log) {
    for (const event of events) {
      const [head] = due;
      if (!head) return [];
      frontier.append(leafOf(event));
      if (frontier.size < head.size) continue;
      if (!head.root.equals(frontier.root())) return [differs(head, good, frontier.root())];
      good = head.size;
      while (due[0]?.size === good && due[0].root.equals(head.root)) due.shift();
    }
  }
  const last = due.at(-1);
  return last ? [{ kind: 'log-cut', from: frontier.size + 1, to: last.size }] : [];
}

/** What cannot be hashed was never sealed; any other hash says the same. */
const leafOf = (event: StoredEvent): Buffer => {
  try {
    return leafHash(event);
  } catch {
    return Buffer.alloc(32);
  }
};

const differs = ({ where, size, root }: Head, good: number, found: Buffer): Finding => ({
  kind: 'root-differs',
  where,
  from: good + 1,
  to: size,
  sealed: root.toString('base64'),
  found: found.toString('base64'),
});
