import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Frontier, rootOf } from '../../src/seal/frontier.ts';
import { entryHash } from '../../src/seal/leaf.ts';
import { consistencyPath, type HashAt, inclusionPath, rootAt } from '../../src/seal/tree.ts';
import { verifyConsistency, verifyInclusion } from '../../src/seal/verify-path.ts';

/** Entries, roots and paths that implementations of RFC 6962 compare themselves with (Certificate Transparency). */
const entries = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
const known = entries.map((entry) => entryHash(Buffer.from(entry, 'hex')));
const knownRoots = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

describe('the published examples of RFC 6962', () => {
  it('have the published roots', () => {
    expect(knownRoots.map((_, size) => rootOf(known.slice(0, size)).toString('hex'))).toEqual(knownRoots);
  });

  it('have the published inclusion path', () => {
    expect(hexes(inclusionPath(8, 0, over(known)))).toEqual([
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ]);
  });

  it('have the published consistency paths', () => {
    expect(hexes(consistencyPath(6, 8, over(known)))).toEqual([
      '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ]);
    expect(hexes(consistencyPath(2, 5, over(known)))).toEqual([
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
    ]);
  });
});

const leafCount = fc.integer({ min: 0, max: 600 });
const sizes = fc.tuple(leafCount, leafCount).map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) }));
const leafOfTree = fc
  .integer({ min: 1, max: 600 })
  .chain((size) => fc.record({ size: fc.constant(size), index: fc.integer({ min: 0, max: size - 1 }) }));

describe('a tree of any size', () => {
  it('has the root of the recursive definition, in one pass and from its nodes', () => {
    fc.assert(
      fc.property(leafCount, (size) => {
        const root = mth(leaves.slice(0, size));
        expect(rootOf(leaves.slice(0, size))).toEqual(root);
        expect(rootAt(size, over(leaves))).toEqual(root);
      }),
    );
  });

  it('is the same whether it grew in one go or went on from its nodes', () => {
    fc.assert(
      fc.property(sizes, ({ from, to }) => {
        const frontier = Frontier.at(from, over(leaves.slice(0, from)));
        expect({ size: frontier.size, root: frontier.root() }).toEqual({
          size: from,
          root: rootOf(leaves.slice(0, from)),
        });
        for (const leaf of leaves.slice(from, to)) frontier.append(leaf);
        expect({ size: frontier.size, root: frontier.root() }).toEqual({ size: to, root: rootOf(leaves.slice(0, to)) });
      }),
    );
  });

  it('shows each leaf at its place, and at no other', () => {
    fc.assert(
      fc.property(leafOfTree, ({ size, index }) => {
        const claim = claimOf(size, index);
        expect(claim.path).toEqual(naivePath(index, leaves.slice(0, size)));
        expect(verifyInclusion(claim)).toBe(true);
        const others = [index - 1, index + 1, size - 1 - index].filter((other) => other !== index);
        expect(others.filter((other) => verifyInclusion({ ...claim, index: other }))).toEqual([]);
      }),
    );
  });

  it('shows no leaf whose hash, path or root was changed anywhere', () => {
    fc.assert(
      fc.property(leafOfTree, fc.nat(), fc.integer({ min: 0, max: 31 }), ({ size, index }, chosen, at) => {
        const claim = claimOf(size, index);
        expect(verifyInclusion({ ...claim, leaf: flipped(claim.leaf, at) })).toBe(false);
        expect(verifyInclusion({ ...claim, root: flipped(claim.root, at) })).toBe(false);
        expect(verifyInclusion({ ...claim, path: [...claim.path, claim.leaf] })).toBe(false);
        const spoilt = claim.path.length === 0 ? [] : [claim.path.slice(1), flippedIn(claim.path, chosen, at)];
        expect(spoilt.filter((path) => verifyInclusion({ ...claim, path }))).toEqual([]);
      }),
    );
  });

  it('shows that it begins with each smaller one, and with no other', () => {
    fc.assert(
      fc.property(sizes, fc.nat(), fc.integer({ min: 0, max: 31 }), ({ from, to }, chosen, at) => {
        const path = consistencyPath(from, to, over(leaves));
        const claim = { from: headOf(from), to: headOf(to), path };
        expect(path).toEqual(from === 0 ? [] : naiveProof(from, leaves.slice(0, to), 'whole'));
        expect(verifyConsistency(claim)).toBe(true);
        expect(verifyConsistency({ ...claim, from: { size: from, root: flipped(claim.from.root, at) } })).toBe(false);
        expect(verifyConsistency({ ...claim, path: [...path, claim.to.root] })).toBe(false);
        const another = { size: to, root: flipped(claim.to.root, at) };
        // Any tree begins with none.
        expect(verifyConsistency({ ...claim, to: another })).toBe(from === 0 && to > 0);
        const spoilt = path.length === 0 ? [] : [flippedIn(path, chosen, at)];
        expect(spoilt.filter((path) => verifyConsistency({ ...claim, path }))).toEqual([]);
      }),
    );
  });

  it('has no leaf beyond its end, and no beginning longer than itself', () => {
    expect(() => inclusionPath(3, 3, over(leaves))).toThrow(RangeError);
    expect(() => consistencyPath(4, 3, over(leaves))).toThrow(RangeError);
    expect(verifyInclusion({ ...claimOf(3, 2), index: 3 })).toBe(false);
    expect(verifyConsistency({ from: headOf(4), to: headOf(3), path: [] })).toBe(false);
  });
});

const leaves = Array.from({ length: 600 }, (_, index) => entryHash(Buffer.from(`entry ${index}`)));

const claimOf = (size: number, index: number) => ({
  leaf: leaves[index] ?? Buffer.alloc(0),
  index,
  size,
  path: inclusionPath(size, index, over(leaves)),
  root: rootOf(leaves.slice(0, size)),
});

const headOf = (size: number) => ({ size, root: rootOf(leaves.slice(0, size)) });

/** Nodes of a tree, by the definition. */
const over =
  (all: readonly Buffer[]): HashAt =>
  (level, index) => {
    const covered = all.slice(index * 2 ** level, (index + 1) * 2 ** level);
    if (covered.length !== 2 ** level) throw new Error(`node ${level}/${index} is not whole`);
    return mth(covered);
  };

/** RFC 6962 §2.1, word by word, with a SHA-256 of its own. */
function mth(all: readonly Buffer[]): Buffer {
  const [only] = all;
  if (!only) return createHash('sha256').digest();
  if (all.length === 1) return only;
  const middle = splitOf(all.length);
  const parts = [Buffer.from([1]), mth(all.slice(0, middle)), mth(all.slice(middle))];
  return createHash('sha256').update(Buffer.concat(parts)).digest();
}

function splitOf(count: number): number {
  let split = 1;
  while (split * 2 < count) split *= 2;
  return split;
}

/** RFC 6962 §2.1.1, word by word. */
function naivePath(index: number, all: readonly Buffer[]): Buffer[] {
  if (all.length === 1) return [];
  const middle = splitOf(all.length);
  return index < middle
    ? [...naivePath(index, all.slice(0, middle)), mth(all.slice(middle))]
    : [...naivePath(index - middle, all.slice(middle)), mth(all.slice(0, middle))];
}

/** RFC 6962 §2.1.2, word by word: `whole` where the old tree is the whole of what is looked at. */
function naiveProof(from: number, all: readonly Buffer[], seen: 'whole' | 'part'): Buffer[] {
  if (from === all.length) return seen === 'whole' ? [] : [mth(all)];
  const middle = splitOf(all.length);
  return from <= middle
    ? [...naiveProof(from, all.slice(0, middle), seen), mth(all.slice(middle))]
    : [...naiveProof(from - middle, all.slice(middle), 'part'), mth(all.slice(0, middle))];
}

const hexes = (hashes: readonly Buffer[]): string[] => hashes.map((hash) => hash.toString('hex'));

const flipped = (hash: Buffer, at: number): Buffer =>
  Buffer.from(hash.map((byte, place) => (place === at ? byte ^ 1 : byte)));

const flippedIn = (path: readonly Buffer[], chosen: number, at: number): Buffer[] =>
  path.map((hash, place) => (place === chosen % path.length ? flipped(hash, at) : hash));
