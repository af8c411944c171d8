import { rootOf } from './frontier.ts';
import { hashBytes } from './leaf.ts';
import type { HashAt } from './tree.ts';

/**
 * How the tree is stored, as C2SP tlog-tiles says (c2sp.org/tlog-tiles): tile n of level 0 holds leaves 256 · n and on, 256
 * of them; each hash of a tile above is the root of a full tile below. All levels between are hashed again when asked for.
 */
export type TileName = { readonly level: number; readonly index: number };
export type Tile = TileName & { readonly hashes: Buffer };

export const tileWidth = 256;
const levelsInTile = 8;

/** The tiles that a question about the tree needs, found by asking it of a tree of blanks. */
export function tilesFor(ask: (hashAt: HashAt) => unknown): TileName[] {
  const names = new Map<string, TileName>();
  ask((level, index) => {
    const { tile } = placeOf(level, index);
    names.set(keyOf(tile), tile);
    return blank;
  });
  return [...names.values()];
}

const blank = Buffer.alloc(hashBytes);

/** Nodes out of stored tiles. @throws MissingHash from the function, for a node that they do not hold whole */
export function hashesIn(tiles: readonly Tile[]): HashAt {
  const known = new Map(tiles.map((tile) => [keyOf(tile), tile.hashes]));
  return (level, index) => {
    const { tile, first, count } = placeOf(level, index);
    const hashes = known.get(keyOf(tile))?.subarray(first * hashBytes, (first + count) * hashBytes);
    if (hashes?.length !== count * hashBytes) throw new MissingHash(tile);
    return rootOf(hashesOf(hashes));
  };
}

/** The stored tree has a hole: somebody removed from it. */
export class MissingHash extends Error {
  override readonly name = 'MissingHash';
  constructor({ level, index }: TileName) {
    super(`tile ${level}/${index} of the stored tree is not whole`);
  }
}

/** Names of the tiles at the right edge of a tree that are not full: those that grow next. */
export function edgeOf(size: number): TileName[] {
  const edge: TileName[] = [];
  for (let level = 0, count = size; count > 0; level += 1, count = Math.floor(count / tileWidth)) {
    if (count % tileWidth > 0) edge.push({ level, index: Math.floor(count / tileWidth) });
  }
  return edge;
}

/**
 * Every tile that changes when leaves are added to a tree, as it is then.
 * @param edge the tiles that `edgeOf` names
 */
export function grow(size: number, leaves: readonly Buffer[], edge: readonly Tile[]): Tile[] {
  const grown: Tile[] = [];
  let added = leaves;
  for (let level = 0, count = size; added.length > 0; level += 1, count = Math.floor(count / tileWidth)) {
    const index = Math.floor(count / tileWidth);
    const there = edge.find((tile) => tile.level === level && tile.index === index)?.hashes ?? Buffer.alloc(0);
    const bytes = (count % tileWidth) * hashBytes;
    if (there.length < bytes) throw new MissingHash({ level, index });
    const tiles = tilesOf(Buffer.concat([there.subarray(0, bytes), ...added]), { level, index });
    grown.push(...tiles);
    added = tiles.filter(({ hashes }) => hashes.length === tileBytes).map(({ hashes }) => rootOf(hashesOf(hashes)));
  }
  return grown;
}

const tileBytes = tileWidth * hashBytes;

const tilesOf = (hashes: Buffer, first: TileName): Tile[] =>
  Array.from({ length: Math.ceil(hashes.length / tileBytes) }, (_, at) => ({
    level: first.level,
    index: first.index + at,
    hashes: hashes.subarray(at * tileBytes, (at + 1) * tileBytes),
  }));

/** The hashes of a tile, or of a part of one. */
export const hashesOf = (hashes: Buffer): Buffer[] =>
  Array.from({ length: hashes.length / hashBytes }, (_, at) => hashes.subarray(at * hashBytes, (at + 1) * hashBytes));

/** Where a node is: `count` hashes of one tile, from `first` on, are what it is the root of. */
function placeOf(
  level: number,
  index: number,
): { readonly tile: TileName; readonly first: number; readonly count: number } {
  const count = 2 ** (level % levelsInTile);
  const entry = index * count;
  const tile = { level: Math.floor(level / levelsInTile), index: Math.floor(entry / tileWidth) };
  return { tile, first: entry % tileWidth, count };
}

const keyOf = ({ level, index }: TileName): string => `${level}/${index}`;
