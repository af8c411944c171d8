import { type Kysely, sql } from 'kysely';
import type { Tables } from '../../database/tables.ts';
import { rootOf } from '../frontier.ts';
import { hashBytes } from '../leaf.ts';
import type { SealedLeaf } from '../stored-tree.ts';
import { tileWidth } from '../tiles.ts';
import type { Finding } from './finding.ts';

/**
 * Compares the tiles in the database, on every level, with what the believed leaves make of them.
 * @param leaves pages of believed leaves
 * @param storedSize what is beyond it the database does not claim to have
 */
export async function compareTiles(
  db: Kysely<Tables>,
  leaves: AsyncIterable<readonly SealedLeaf[]>,
  storedSize: number,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  let above: Buffer[] = [];
  for await (const tile of tilesOf(leaves, storedSize)) {
    findings.push(...(await compareTile(db, tile)));
    if (tile.leaves.length === tileWidth) above.push(rootOf(tile.leaves.map(({ hash }) => hash)));
  }
  for (let level = 1; above.length > 0; level += 1) {
    const hashes = above;
    above = [];
    for (let index = 0; index * tileWidth < hashes.length; index += 1) {
      const own = hashes.slice(index * tileWidth, (index + 1) * tileWidth);
      findings.push(...(await compareUpper(db, { level, index, hashes: own })));
      if (own.length === tileWidth) above.push(rootOf(own));
    }
  }
  return findings;
}

type LeafTile = { readonly index: number; readonly leaves: readonly SealedLeaf[] };

async function* tilesOf(pages: AsyncIterable<readonly SealedLeaf[]>, size: number): AsyncIterable<LeafTile> {
  let waiting: SealedLeaf[] = [];
  let index = 0;
  let left = size;
  for await (const page of pages) {
    const wanted = page.slice(0, left);
    left -= wanted.length;
    waiting.push(...wanted);
    for (; waiting.length >= tileWidth; index += 1) {
      yield { index, leaves: waiting.slice(0, tileWidth) };
      waiting = waiting.slice(tileWidth);
    }
  }
  if (waiting.length > 0) yield { index, leaves: waiting };
}

async function compareTile(db: Kysely<Tables>, { index, leaves }: LeafTile): Promise<Finding[]> {
  const stored = await tileAt(db, 0, index);
  if (!stored) return [{ kind: 'tile-missing', level: 0, index }];
  const wrong = leaves.find(
    ({ hash, position }, at) =>
      stored.positions?.[at] !== position ||
      !hash.equals(hashAt(stored.hashes, at)) ||
      // A fact's tile is found by it.
      (at === 0 && stored.first_position !== position),
  );
  return wrong ? [{ kind: 'tile-changed', level: 0, index, position: wrong.position }] : [];
}

type UpperTile = { readonly level: number; readonly index: number; readonly hashes: readonly Buffer[] };

async function compareUpper(db: Kysely<Tables>, { level, index, hashes }: UpperTile): Promise<Finding[]> {
  const stored = await tileAt(db, level, index);
  if (!stored) return [{ kind: 'tile-missing', level, index }];
  const isSame = hashes.every((hash, at) => hash.equals(hashAt(stored.hashes, at)));
  return isSame ? [] : [{ kind: 'tile-changed', level, index }];
}

const surplusMax = 100;

/**
 * Tiles, or hashes in a tile, beyond what the database claims to have. Asked in one statement, since a tree grows with its
 * progress; at most 100 are named.
 */
export async function surplusTiles(db: Kysely<Tables>): Promise<Finding[]> {
  const { rows } = await sql<{ level: number; index: string }>`
    with tiles as (
      select t.*, case when level between 0 and 7 and index >= 0 then
          greatest(0, least(${tileWidth}, (p.size >> (8 * level)) - ${tileWidth}::numeric * index)) else 0 end as due
        from seal_tiles t, (select coalesce(max(size), 0) as size from seal_progress) p
    )
    select level, index::text as index from tiles
     where due = 0 or octet_length(hashes) > ${hashBytes} * due or cardinality(positions) > due
     order by tiles.level, tiles.index limit ${surplusMax}`.execute(db);
  return rows.map(({ level, index }) => ({ kind: 'tile-surplus', level, index: Number(index) }));
}

const tileAt = (db: Kysely<Tables>, level: number, index: number) =>
  db
    .selectFrom('seal_tiles')
    .select(['hashes', 'positions', 'first_position'])
    .where('level', '=', level)
    .where('index', '=', index)
    .executeTakeFirst();

const hashAt = (hashes: Buffer, at: number): Buffer => hashes.subarray(at * hashBytes, (at + 1) * hashBytes);
