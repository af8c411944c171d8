import { hash } from 'node:crypto';

/**
 * The Merkle tree of RFC 6962 §2.1, over leaf hashes that `leaf.ts` makes. A node is named by its level (0 are the
 * leaves) and its index in it, and covers the 2^level leaves from index · 2^level on; only whole ones have a name.
 */
export type HashAt = (level: number, index: number) => Buffer;

/** The hash of a tree without leaves. */
export const emptyRoot: Buffer = hash('sha256', '', 'buffer');

export const nodeHash = (left: Buffer, right: Buffer): Buffer =>
  hash('sha256', Buffer.concat([nodePrefix, left, right], 1 + left.length + right.length), 'buffer');

const nodePrefix = Buffer.from([1]);

/** The root of a tree of so many leaves. */
export const rootAt = (size: number, hashAt: HashAt): Buffer => (size === 0 ? emptyRoot : rangeHash(0, size, hashAt));

/**
 * RFC 6962 §2.1.1: the hashes that lead from a leaf to the root, from below.
 * @throws RangeError unless 0 ≤ index < size
 */
export function inclusionPath(size: number, index: number, hashAt: HashAt): Buffer[] {
  if (index < 0 || index >= size) throw new RangeError(`there is no leaf ${index} in a tree of ${size}`);
  const path: Buffer[] = [];
  let [from, to] = [0, size];
  while (to - from > 1) {
    const middle = from + leftOf(to - from);
    const isLeft = index < middle;
    path.push(isLeft ? rangeHash(middle, to, hashAt) : rangeHash(from, middle, hashAt));
    if (isLeft) to = middle;
    else from = middle;
  }
  return path.toReversed();
}

/**
 * RFC 6962 §2.1.2: the hashes which show that the tree of `from` leaves is the beginning of that of `to`.
 * Empty from an empty tree, and from a tree to itself.
 * @throws RangeError unless 0 ≤ from ≤ to
 */
export function consistencyPath(from: number, to: number, hashAt: HashAt): Buffer[] {
  if (from < 0 || from > to) throw new RangeError(`a tree of ${from} is no beginning of one of ${to}`);
  if (from === 0 || from === to) return [];
  const path: Buffer[] = [];
  let [start, end] = [0, to];
  while (from !== end) {
    const middle = start + leftOf(end - start);
    const isLeft = from <= middle;
    path.push(isLeft ? rangeHash(middle, end, hashAt) : rangeHash(start, middle, hashAt));
    if (isLeft) end = middle;
    else start = middle;
  }
  // Where the old tree is a whole node of the new one, whoever checks has its root already.
  if (start > 0) path.push(rangeHash(start, end, hashAt));
  return path.toReversed();
}

/** The hash of leaves `from` to `to` of a tree, where that is the range of a subtree as RFC 6962 splits it. */
function rangeHash(from: number, to: number, hashAt: HashAt): Buffer {
  const count = to - from;
  const left = leftOf(count);
  if (count === 1 || left * 2 === count) return hashAt(Math.log2(count), from / count);
  return nodeHash(hashAt(Math.log2(left), from / left), rangeHash(from + left, to, hashAt));
}

/** How many of so many leaves go to the left: the largest power of two below their number. */
const leftOf = (count: number): number => (count < 2 ? 0 : 2 ** Math.floor(Math.log2(count - 1)));
