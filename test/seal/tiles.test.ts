import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Frontier, rootOf } from '../../src/seal/frontier.ts';
import { entryHash } from '../../src/seal/leaf.ts';
import { edgeOf, grow, hashesIn, MissingHash, type Tile, tilesFor } from '../../src/seal/tiles.ts';
import { consistencyPath, inclusionPath, rootAt } from '../../src/seal/tree.ts';

const leaf = (index: number): Buffer => entryHash(Buffer.from(String(index)));
const leaves = Array.from({ length: 70_000 }, (_, index) => leaf(index));

/** Grows a tree by so many leaves at a time, out of the tiles alone, as a database keeps them. */
function grown(steps: readonly number[]): { readonly size: number; readonly tiles: readonly Tile[] } {
  const tiles = new Map<string, Tile>();
  let size = 0;
  for (const step of steps) {
    const edge = edgeOf(size).flatMap(({ level, index }) => tiles.get(`${level}/${index}`) ?? []);
    for (const tile of grow(size, leaves.slice(size, size + step), edge))
      tiles.set(`${tile.level}/${tile.index}`, tile);
    size += step;
  }
  return { size, tiles: [...tiles.values()] };
}

const widths = (tiles: readonly Tile[]) =>
  tiles.map(({ level, index, hashes }) => `${level}/${index}: ${hashes.length / 32}`).sort();

describe('the tiles of a tree', () => {
  it('are those of C2SP tlog-tiles: of its example of 70.000 leaves', () => {
    const { tiles } = grown([70_000]);
    const level0 = Array.from({ length: 273 }, (_, index) => `0/${index}: 256`);
    expect(widths(tiles)).toEqual([...level0, '0/273: 112', '1/0: 256', '1/1: 17', '2/0: 1'].sort());
    expect(edgeOf(70_000)).toEqual([
      { level: 0, index: 273 },
      { level: 1, index: 1 },
      { level: 2, index: 0 },
    ]);
    expect(edgeOf(256)).toEqual([{ level: 1, index: 0 }]);
  });

  it('are the same in however many steps it grew', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 900 }), { minLength: 1, maxLength: 8 }), (steps) => {
        const { size, tiles } = grown(steps);
        const sorted = (all: readonly Tile[]) => all.toSorted((a, b) => a.level - b.level || a.index - b.index);
        expect(sorted(tiles)).toEqual(sorted(grown([size]).tiles));
      }),
      { numRuns: 50 },
    );
  });

  it('hold every root and path, and each question names the tiles that it needs', () => {
    const { tiles } = grown([3000]);
    const asked = fc
      .integer({ min: 1, max: 3000 })
      .chain((size) => fc.record({ size: fc.constant(size), index: fc.integer({ min: 0, max: size - 1 }) }));
    const nodes = (level: number, index: number) => rootOf(leaves.slice(index * 2 ** level, (index + 1) * 2 ** level));
    fc.assert(
      fc.property(asked, ({ size, index }) => {
        for (const ask of [
          (hashAt: typeof nodes) => [rootAt(size, hashAt)],
          (hashAt: typeof nodes) => inclusionPath(size, index, hashAt),
          (hashAt: typeof nodes) => consistencyPath(index, size, hashAt),
        ]) {
          const names = tilesFor(ask).map(({ level, index }) => `${level}/${index}`);
          const needed = tiles.filter(({ level, index }) => names.includes(`${level}/${index}`));
          expect(ask(hashesIn(needed))).toEqual(ask(nodes));
        }
      }),
      { numRuns: 60 },
    );
  });

  it('go on from their edge alone', () => {
    const { tiles } = grown([66_000]);
    const edge = edgeOf(66_000).flatMap((name) =>
      tiles.filter((tile) => tile.level === name.level && tile.index === name.index),
    );
    expect(Frontier.at(66_000, hashesIn(edge)).root()).toEqual(rootOf(leaves.slice(0, 66_000)));
  });

  it('with a hole answer nothing, and grow no further', () => {
    const { tiles } = grown([300]);
    const holed = tiles.map((tile) => ({ ...tile, hashes: tile.hashes.subarray(32) }));
    expect(() => rootAt(300, hashesIn(holed))).toThrow(MissingHash);
    expect(() => grow(300, [leaf(300)], holed)).toThrow(MissingHash);
    expect(() => rootAt(300, hashesIn([]))).toThrow(MissingHash);
  });
});
