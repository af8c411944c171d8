import { Frontier } from '../frontier.ts';
import type { SealedLeaf } from '../stored-tree.ts';
import type { Finding, Where } from './finding.ts';
import type { Head } from './heads.ts';

/** A list of leaves, to be believed as far as it leads to believed heads. */
export type LeafList = {
  readonly where: Where;
  /** Some leaves from leaf `from` on, at least one unless it ends there. */
  readonly read: (from: number) => Promise<readonly SealedLeaf[]>;
};

export type Trusted = {
  readonly list: LeafList;
  /** So many of its leaves are those that were signed. */
  readonly size: number;
  /** Heads up to there that are of another log. */
  readonly contradicted: readonly Finding[];
};

/** How far each list leads; none of those behind one that leads to the largest head of all. */
export async function followLists(lists: readonly LeafList[], heads: readonly Head[]): Promise<readonly Trusted[]> {
  const followed: Trusted[] = [];
  for (const list of lists) {
    const last = await follow(list, heads);
    followed.push(last);
    if (last.size === heads.at(-1)?.size) break;
  }
  return followed;
}

/** The first of the lists that lead farthest, and so is believed up to there; undefined where none leads to any head. */
export const trustedOf = (followed: readonly Trusted[]): Trusted | undefined =>
  followed.toSorted((a, b) => b.size - a.size).find(({ size }) => size > 0);

/** Pages of a list up to where it is believed. */
export async function* pagesOf({ list, size }: Pick<Trusted, 'list' | 'size'>): AsyncIterable<readonly SealedLeaf[]> {
  for (let from = 0; from < size;) {
    const page = (await list.read(from)).slice(0, size - from);
    if (page.length === 0) return;
    yield page;
    from += page.length;
  }
}

/** @param heads the smallest first */
async function follow(list: LeafList, heads: readonly Head[]): Promise<Trusted> {
  const frontier = Frontier.empty();
  const wrong: Finding[] = [];
  let [size, next, contradicted] = [0, 0, 0];
  const meet = (): void => {
    for (let head = heads[next]; head?.size === frontier.size; head = heads[next]) {
      next += 1;
      if (head.root.equals(frontier.root())) [size, contradicted] = [head.size, wrong.length];
      else wrong.push(contradiction(head, frontier.root()));
    }
  };
  meet();
  for await (const page of pagesOf({ list, size: heads.at(-1)?.size ?? 0 })) {
    for (const { hash } of page) {
      frontier.append(hash);
      if (heads[next]?.size === frontier.size) meet();
    }
  }
  return { list, size, contradicted: wrong.slice(0, contradicted) };
}

const contradiction = ({ where, size, root }: Head, found: Buffer): Finding => ({
  kind: 'root-differs',
  where,
  from: 1,
  to: size,
  sealed: root.toString('base64'),
  found: found.toString('base64'),
});
