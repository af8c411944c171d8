import canonicalize from 'canonicalize';
import { sha256, utf8 } from './bytes.ts';

const leafPrefix = Uint8Array.of(0);
const nodePrefix = Uint8Array.of(1);

/** SHA-256(0x00 ‖ RFC 8785 of the envelope), as RFC 6962 hashes a leaf. Rejects for what has no such form. */
export const leafHash = async (envelope: unknown): Promise<Uint8Array<ArrayBuffer>> =>
  sha256(leafPrefix, utf8(canonicalize(envelope) ?? ''));

type Place = { readonly leaf: number; readonly size: number; readonly path: readonly Uint8Array<ArrayBuffer>[] };

/**
 * The root that a leaf's path leads to (RFC 9162 §2.1.3.2).
 * @returns undefined where a path of this length fits no such leaf
 */
export async function rootAbove(
  hash: Uint8Array<ArrayBuffer>,
  { leaf, size, path }: Place,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  if (leaf >= size) return undefined;
  let [node, last, root] = [leaf, size - 1, hash];
  for (const sibling of path) {
    if (last === 0) return undefined;
    if (node % 2 === 1 || node === last) {
      root = await sha256(nodePrefix, sibling, root);
      // A node without a right neighbour stands for itself on the levels where it has none.
      while (node % 2 === 0 && node !== 0) [node, last] = [node / 2, last / 2];
    } else root = await sha256(nodePrefix, root, sibling);
    [node, last] = [Math.floor(node / 2), Math.floor(last / 2)];
  }
  return last === 0 ? root : undefined;
}
