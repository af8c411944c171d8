import { type Kysely, sql } from 'kysely';
import type { Tables } from '../database/tables.ts';
import type { PublishedKey } from './published-keys.ts';
import { edgeOf, hashesIn, hashesOf, type Tile, type TileName, tilesFor, tileWidth } from './tiles.ts';
import type { HashAt } from './tree.ts';

/** The database, or a transaction of it. */
type Db = Kysely<Tables>;

/** A tile, and where it holds leaves the log positions of their events. */
export type StoredTile = Tile & { readonly positions: readonly number[] | null };

/** A leaf and the log position of its event. */
export type SealedLeaf = { readonly position: number; readonly hash: Buffer };

/** How far the tree in the database reaches; undefined where somebody removed even that. */
export const storedProgress = (db: Db): Promise<{ size: number; position: number } | undefined> =>
  db.selectFrom('seal_progress').select(['size', 'position']).executeTakeFirst();

/** The note of the last checkpoint in the database. Who reads it has to verify it. */
export async function storedCheckpoint(db: Db): Promise<string | undefined> {
  const last = db.selectFrom('checkpoints').select('note').orderBy('size', 'desc').limit(1);
  return (await last.executeTakeFirst())?.note;
}

/** Answers one question about the tree out of the tiles that it needs. @throws MissingHash */
export async function askTree<Answer>(db: Db, ask: (hashAt: HashAt) => Answer): Promise<Answer> {
  return ask(hashesIn(await tilesNamed(db, tilesFor(ask))));
}

/** The tiles that grow next. */
export const storedEdge = (db: Db, size: number): Promise<StoredTile[]> => tilesNamed(db, edgeOf(size));

/** Which leaf, from 0, stands for the event at a position; undefined where none does. */
export async function leafOfPosition(db: Db, position: number): Promise<number | undefined> {
  const tile = await db
    .selectFrom('seal_tiles')
    .select(['index', 'positions'])
    .where('level', '=', 0)
    .where('first_position', '<=', position)
    .orderBy('first_position', 'desc')
    .limit(1)
    .executeTakeFirst();
  const place = tile?.positions?.indexOf(position) ?? -1;
  return tile && place >= 0 ? tile.index * tileWidth + place : undefined;
}

/** Leaves as the database has them, from the tile of leaf `from` on, in order: at most `tilesMax` tiles. */
export async function storedLeaves(
  db: Db,
  { from, tilesMax = 64 }: { readonly from: number; readonly tilesMax?: number },
): Promise<SealedLeaf[]> {
  const first = Math.floor(from / tileWidth);
  const rows = await db
    .selectFrom('seal_tiles')
    .select(['index', 'hashes', 'positions'])
    .where('level', '=', 0)
    .where('index', '>=', first)
    .where('index', '<', first + tilesMax)
    .orderBy('index')
    .execute();
  const leaves = rows.flatMap(({ hashes, positions }) =>
    hashesOf(hashes).map((hash, at) => ({ position: positions?.[at] ?? 0, hash })),
  );
  return leaves.slice(from - first * tileWidth);
}

/** Keeps tiles as they are now. */
export async function keepTiles(db: Db, tiles: readonly StoredTile[]): Promise<void> {
  for (const { level, index, hashes, positions } of tiles) {
    const row = { hashes, positions: positions && [...positions], first_position: positions?.[0] ?? null };
    await db
      .insertInto('seal_tiles')
      .values({ level, index, ...row })
      .onConflict((conflict) => conflict.columns(['level', 'index']).doUpdateSet(row))
      .execute();
  }
}

/** A checkpoint that another one of the same size follows is of the same tree, with another signature. */
export const keepCheckpoint = async (db: Db, size: number, note: string): Promise<void> => {
  await db
    .insertInto('checkpoints')
    .values({ size, note })
    .onConflict((conflict) => conflict.column('size').doUpdateSet({ note }))
    .execute();
};

/** Puts a checkpoint where the database has none of its size. */
export const keepMissing = async (db: Db, { size, note }: { readonly size: number; readonly note: string }) => {
  await db
    .insertInto('checkpoints')
    .values({ size, note })
    .onConflict((conflict) => conflict.column('size').doNothing())
    .execute();
};

/** The keys that a node without outside copies publishes, the oldest first. */
export async function storedKeys(db: Db): Promise<PublishedKey[]> {
  const rows = await db.selectFrom('seal_keys').selectAll().orderBy('from_size').execute();
  return rows.map(({ verifier, from_size, handover }) => ({ verifier, fromSize: from_size, handover }));
}

export async function keepKeys(db: Db, keys: readonly PublishedKey[]): Promise<void> {
  for (const { verifier, fromSize, handover } of keys) {
    await db
      .insertInto('seal_keys')
      .values({ verifier, from_size: fromSize, handover })
      .onConflict((conflict) => conflict.column('verifier').doUpdateSet({ from_size: fromSize, handover }))
      .execute();
  }
}

async function tilesNamed(db: Db, names: readonly TileName[]): Promise<StoredTile[]> {
  if (names.length === 0) return [];
  const [levels, indexes] = [names.map(({ level }) => level), names.map(({ index }) => index)];
  const { rows } = await sql<StoredTile>`
    select t.level, t.index, t.hashes, t.positions
    from unnest(${levels}::int[], ${indexes}::bigint[]) as wanted(level, index)
    join seal_tiles t on t.level = wanted.level and t.index = wanted.index`.execute(db);
  return rows;
}
