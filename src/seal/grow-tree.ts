import type { Kysely } from 'kysely';
import type { Tables } from '../database/tables.ts';
import { Frontier } from './frontier.ts';
import { keepTiles, type SealedLeaf, type StoredTile } from './stored-tree.ts';
import { grow, hashesIn, tileWidth } from './tiles.ts';

export type Growth = {
  /** Leaves so far. */
  readonly size: number;
  readonly edge: readonly StoredTile[];
  readonly leaves: readonly SealedLeaf[];
};

/** Adds leaves to the tree in the database. @returns the right edge of what it is then */
export async function growTree(transaction: Kysely<Tables>, { size, edge, leaves }: Growth): Promise<Frontier> {
  const tiles = grownTiles(size, leaves, edge);
  await keepTiles(transaction, tiles);
  // Full tiles have been hashed into the one above: no leaf is hashed twice on its way to the root.
  return Frontier.at(size + leaves.length, hashesIn([...edge, ...tiles]));
}

function grownTiles(size: number, leaves: readonly SealedLeaf[], edge: readonly StoredTile[]): StoredTile[] {
  const first = Math.floor(size / tileWidth);
  const there = edge.find(({ level }) => level === 0)?.positions?.slice(0, size % tileWidth) ?? [];
  const positions = [...there, ...leaves.map(({ position }) => position)];
  const tiles = grow(
    size,
    leaves.map(({ hash }) => hash),
    edge,
  );
  return tiles.map((tile) => {
    const from = (tile.index - first) * tileWidth;
    return { ...tile, positions: tile.level === 0 ? positions.slice(from, from + tileWidth) : null };
  });
}
