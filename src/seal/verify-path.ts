import { emptyRoot, nodeHash } from './tree.ts';

export type InclusionClaim = {
  readonly leaf: Buffer;
  /** From 0. */
  readonly index: number;
  readonly size: number;
  readonly path: readonly Buffer[];
  readonly root: Buffer;
};

/** Whether the path leads from the leaf, at its index, to the root of the tree of that size (RFC 9162 §2.1.3.2). */
export function verifyInclusion({ leaf, index, size, path, root }: InclusionClaim): boolean {
  if (!isCount(index) || !isCount(size) || index >= size) return false;
  let [place, last, node] = [index, size - 1, leaf];
  for (const hash of path) {
    if (last === 0) return false;
    if (place % 2 === 1 || place === last) {
      node = nodeHash(hash, node);
      while (place % 2 === 0 && place !== 0) [place, last] = [half(place), half(last)];
    } else node = nodeHash(node, hash);
    [place, last] = [half(place), half(last)];
  }
  return last === 0 && node.equals(root);
}

export type ConsistencyClaim = {
  readonly from: { readonly size: number; readonly root: Buffer };
  readonly to: { readonly size: number; readonly root: Buffer };
  readonly path: readonly Buffer[];
};

/** Whether the path shows that the first tree is the beginning of the second (RFC 9162 §2.1.4.2). */
export function verifyConsistency({ from, to, path }: ConsistencyClaim): boolean {
  if (!isCount(from.size) || !isCount(to.size) || from.size > to.size) return false;
  if (from.size === to.size) return path.length === 0 && from.root.equals(to.root);
  if (from.size === 0) return path.length === 0 && from.root.equals(emptyRoot);
  let [place, last] = [from.size - 1, to.size - 1];
  while (place % 2 === 1) [place, last] = [half(place), half(last)];
  // A whole old tree is a node of the new one: its root begins the path without being in it.
  const [first, ...rest] = place === 0 ? [from.root, ...path] : path;
  if (!first) return false;
  let [older, newer] = [first, first];
  for (const hash of rest) {
    if (last === 0) return false;
    if (place % 2 === 1 || place === last) {
      [older, newer] = [nodeHash(hash, older), nodeHash(hash, newer)];
      while (place % 2 === 0 && place !== 0) [place, last] = [half(place), half(last)];
    } else newer = nodeHash(newer, hash);
    [place, last] = [half(place), half(last)];
  }
  return last === 0 && older.equals(from.root) && newer.equals(to.root);
}

/** Halves without bitwise operators, which would end at 2³¹. */
const half = (count: number): number => Math.floor(count / 2);

const isCount = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;
