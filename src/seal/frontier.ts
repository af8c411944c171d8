import { emptyRoot, type HashAt, nodeHash } from './tree.ts';

/**
 * The right edge of a growing tree: the roots of its whole subtrees, the largest first. It takes a leaf at a time and
 * remembers at most 53 hashes, so a log of any length is recounted in one pass.
 */
export class Frontier {
  readonly #nodes: Buffer[];
  #size: number;

  private constructor(nodes: Buffer[], size: number) {
    this.#nodes = nodes;
    this.#size = size;
  }

  static empty(): Frontier {
    return new Frontier([], 0);
  }

  /** Goes on from a tree of so many leaves, of which `hashAt` knows the nodes. */
  static at(size: number, hashAt: HashAt): Frontier {
    const nodes: Buffer[] = [];
    let covered = 0;
    for (let level = Math.floor(Math.log2(Math.max(size, 1))); level >= 0; level -= 1) {
      if (Math.floor(size / 2 ** level) % 2 === 0) continue;
      nodes.push(hashAt(level, covered / 2 ** level));
      covered += 2 ** level;
    }
    return new Frontier(nodes, size);
  }

  /** Leaves so far. */
  get size(): number {
    return this.#size;
  }

  append(leaf: Buffer): void {
    let node = leaf;
    for (let level = this.#size; level % 2 === 1; level = Math.floor(level / 2)) {
      const left = this.#nodes.pop();
      if (left) node = nodeHash(left, node);
    }
    this.#nodes.push(node);
    this.#size += 1;
  }

  root(): Buffer {
    const [last, ...rest] = this.#nodes.toReversed();
    return last ? rest.reduce((right, left) => nodeHash(left, right), last) : emptyRoot;
  }
}

/** The root of the tree of these leaves. */
export function rootOf(leaves: Iterable<Buffer>): Buffer {
  const frontier = Frontier.empty();
  for (const leaf of leaves) frontier.append(leaf);
  return frontier.root();
}
