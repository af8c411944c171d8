import { setImmediate } from 'node:timers/promises';
import { type Kysely, sql } from 'kysely';
import type { StoredEvent } from '../../events/envelope.ts';
import type { Database } from '../database/connect.ts';
import type { Tables } from '../database/tables.ts';
import type { EventStore } from '../store/event-store.ts';
import { agreedKeys, type AgreedKeys } from './agreed-keys.ts';
import { signCheckpoint } from './checkpoint.ts';
import { leafHash } from './leaf.ts';
import type { OutsideCopies } from './outside-copies.ts';
import { verifyByKeys } from './published-keys.ts';
import { type Base, sealedBase } from './sealed-base.ts';
import type { SealKey } from './seal-key.ts';
import { orRefuse, SealRefused } from './seal-refused.ts';
import { askTree, keepCheckpoint, keepTiles, type SealedLeaf, storedProgress, type StoredTile } from './stored-tree.ts';
import { grow, tileWidth } from './tiles.ts';
import { inclusionPath } from './tree.ts';
import { verifyInclusion } from './verify-path.ts';

export type SealGround = {
  readonly db: Database;
  readonly store: Pick<EventStore, 'read' | 'readAt'>;
  readonly outside: OutsideCopies;
  readonly key: SealKey;
  /** Leaves in one step; 1.000 unless told. */
  readonly batchMax?: number;
};

/** `elsewhere`: another node is sealing right now. */
export type SealStep =
  | { readonly outcome: 'sealed'; readonly size: number; readonly position: number; readonly isAll: boolean }
  | { readonly outcome: 'nothing' | 'elsewhere' };

type Progress = { readonly size: number; readonly position: number };

/**
 * Seals what the log holds beyond the tree, one batch of it; a closing of figures is always the last leaf of its
 * checkpoint. Outside copies are on disk before the database says that it is sealed, so a crash anywhere leaves either
 * nothing or a checkpoint outside that the next step takes over.
 * @throws SealRefused where the log, the tree and what was signed before do not fit together; nothing is signed then
 */
export const sealNext = (ground: SealGround): Promise<SealStep> =>
  ground.db.transaction().execute(async (transaction) => {
    const progress = await takeTurn(transaction);
    if (!progress) return { outcome: 'elsewhere' };
    const agreed = await agreedKeys(transaction, ground);
    const base = await sealedBase(transaction, progress.size, { ...agreed, outside: ground.outside });
    await checkLast(transaction, progress, { ...ground, root: base.frontier.root() });
    const next = await nextLeaves(ground, progress, base);
    if (next.leaves.length === 0) return { outcome: 'nothing' };
    for (const { hash } of next.leaves) base.frontier.append(hash);
    await keep(transaction, { progress, base, leaves: next.leaves, agreed, outside: ground.outside });
    const position = next.leaves.at(-1)?.position ?? progress.position;
    return { outcome: 'sealed', size: base.frontier.size, position, isAll: next.isAll };
  });

/** Where a process freezes in the middle, the server ends its turn. */
const silentSecondsMax = 30;

async function takeTurn(transaction: Kysely<Tables>): Promise<Progress | undefined> {
  await sql`select set_config('idle_in_transaction_session_timeout', ${`${silentSecondsMax}s`}, true)`.execute(
    transaction,
  );
  const turn = transaction.selectFrom('seal_progress').select(['size', 'position']).forNoKeyUpdate().skipLocked();
  const progress = await turn.executeTakeFirst();
  if (!progress && !(await storedProgress(transaction)))
    throw new SealRefused('the row that says how far the log is sealed is gone');
  return progress;
}

/**
 * A log that was cut, or set back to a backup, shows at its last sealed fact. Which one that is, is not taken from the
 * database alone, or facts could be left out behind it: its leaf has to lead to the root, and to be the one outside.
 */
async function checkLast(
  transaction: Kysely<Tables>,
  { size, position }: Progress,
  { store, outside, root }: Pick<SealGround, 'store' | 'outside'> & { readonly root: Buffer },
): Promise<void> {
  if (size === 0) return;
  const [last] = await store.readAt([position]);
  const index = size - 1;
  const sealed = await orRefuse(() =>
    askTree(transaction, (hashAt) => ({ leaf: hashAt(0, index), path: inclusionPath(size, index, hashAt) })),
  );
  if (!verifyInclusion({ ...sealed, index, size, root }))
    throw new SealRefused(`the last leaf of the tree of ${size} in the database does not lead to its root`);
  if (!last) throw new SealRefused(`the log ends before position ${position}, up to which it was sealed`);
  const leaf = leafOf(last);
  if (!leaf.hash.equals(sealed.leaf)) throw new SealRefused(`the fact at position ${position} is not what was sealed`);
  compareOutside([leaf], await outside.leaves.read(index, 1));
}

type Next = { readonly leaves: readonly SealedLeaf[]; readonly isAll: boolean };

async function nextLeaves(
  { store, outside, batchMax = 1000 }: SealGround,
  { size, position }: Progress,
  { ahead }: Base,
): Promise<Next> {
  const wanted = ahead ? Math.min(batchMax, ahead.size - size) : batchMax;
  const events = await store.read(position, wanted);
  if (ahead && events.length < wanted)
    throw new SealRefused(`the log has ${size + events.length} facts, and ${ahead.size} were sealed`);
  const closing = events.findIndex(({ type }) => type === 'FiguresClosed');
  const taken = ahead || closing < 0 ? events : events.slice(0, closing + 1);
  const leaves = await leavesOf(taken);
  if (ahead) compareOutside(leaves, await outside.leaves.read(size, leaves.length));
  return { leaves, isAll: !ahead && taken.length === events.length && events.length < batchMax };
}

/** Gates are answered on the same thread: hashing lets them in between. */
async function leavesOf(events: readonly StoredEvent[]): Promise<SealedLeaf[]> {
  const leaves: SealedLeaf[] = [];
  for (let from = 0; from < events.length; from += sliceMax) {
    leaves.push(...events.slice(from, from + sliceMax).map(leafOf));
    await setImmediate();
  }
  return leaves;
}

/** Some ten microseconds each. */
const sliceMax = 100;

/** What was sealed and then lost from the database has to come back as it was. */
function compareOutside(leaves: readonly SealedLeaf[], sealed: readonly SealedLeaf[]): void {
  const changed = leaves.find(({ hash, position }, at) => {
    const known = sealed[at];
    return known !== undefined && (known.position !== position || !known.hash.equals(hash));
  });
  if (changed) throw new SealRefused(`the fact at position ${changed.position} is not what was sealed`);
}

const leafOf = (event: StoredEvent): SealedLeaf => {
  try {
    return { position: event.position, hash: leafHash(event) };
  } catch (error) {
    throw new SealRefused(`the fact at position ${event.position} cannot be hashed: ${String(error)}`);
  }
};

type Grown = {
  readonly progress: Progress;
  readonly base: Base;
  readonly leaves: readonly SealedLeaf[];
  readonly agreed: AgreedKeys;
  readonly outside: OutsideCopies;
};

async function keep(transaction: Kysely<Tables>, { progress, base, leaves, agreed, outside }: Grown): Promise<void> {
  const { frontier, edge } = base;
  const note = noteOf(base, agreed);
  await keepTiles(transaction, grownTiles(progress.size, leaves, edge));
  const position = leaves.at(-1)?.position ?? progress.position;
  await transaction.updateTable('seal_progress').set({ size: frontier.size, position }).execute();
  if (note !== undefined) await keepCheckpoint(transaction, frontier.size, note);
  await outside.leaves.keep(progress.size, leaves);
  if (note !== undefined) await outside.keepCheckpoint(note);
}

/** Undefined on the way to a checkpoint that is there already: none is signed in between. */
function noteOf({ frontier, ahead }: Base, { signer, keys }: AgreedKeys): string | undefined {
  if (ahead && frontier.size < ahead.size) return undefined;
  const root = frontier.root();
  if (ahead && !ahead.root.equals(root))
    throw new SealRefused(`the log’s first ${ahead.size} facts have not the root that was signed for them`);
  const note = ahead?.note ?? signCheckpoint({ origin: signer.name, size: frontier.size, root }, [signer]);
  verifyByKeys(note, keys);
  return note;
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
