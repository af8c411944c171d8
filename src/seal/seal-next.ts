import { type Kysely, sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import type { Tables } from '../database/tables.ts';
import type { EventStore } from '../store/event-store.ts';
import { agreedKeys, type AgreedKeys } from './agreed-keys.ts';
import { signCheckpoint } from './checkpoint.ts';
import { growTree } from './grow-tree.ts';
import { type LeavesAhead, nextLeaves } from './leaves-ahead.ts';
import { compareOutside, leafOf } from './leaves-of.ts';
import type { OutsideCopies } from './outside-copies.ts';
import { verifyByKeys } from './published-keys.ts';
import { putBack } from './put-back.ts';
import { type Base, sealedBase } from './sealed-base.ts';
import type { SealKey } from './seal-key.ts';
import { orRefuse, SealRefused } from './seal-refused.ts';
import { askTree, keepCheckpoint, type SealedLeaf, storedProgress } from './stored-tree.ts';
import { takeOver } from './take-over.ts';
import { inclusionPath } from './tree.ts';
import { verifyInclusion } from './verify-path.ts';

export type SealGround = {
  readonly db: Database;
  readonly store: Pick<EventStore, 'read' | 'readAt'>;
  readonly outside: OutsideCopies;
  readonly key: SealKey;
  /** Leaves in one step; `batchUsual` unless told. */
  readonly batchMax?: number;
  /** Leaves that were made before the step. */
  readonly ahead?: Pick<LeavesAhead, 'take'>;
};

/** `elsewhere`: another node is sealing right now. */
export type SealStep = (
  | { readonly outcome: 'sealed'; readonly size: number; readonly position: number; readonly isAll: boolean }
  | { readonly outcome: 'nothing' | 'elsewhere' }
) & {
  /** The sizes of checkpoints that the database had lost, and has again. */
  readonly putBack?: readonly number[];
};

type Progress = { readonly size: number; readonly position: number };

/**
 * Seals what the log holds beyond the tree, one batch of it; a closing of figures is always the last leaf of its
 * checkpoint. Outside copies are on disk before the database says that it is sealed, so a crash anywhere leaves either
 * nothing or a checkpoint outside that the next step takes over.
 * @throws SealRefused where the log, the tree and what was signed before do not fit together; nothing is signed then
 */
export async function sealNext(ground: SealGround): Promise<SealStep> {
  const step = await ground.db.transaction().execute((transaction) => takeStep(transaction, ground));
  if (step.outcome !== 'elsewhere') isPutBack.add(ground.outside);
  return step;
}

/** Copies whose checkpoints the database is known to have, since this process looked. */
const isPutBack = new WeakSet<OutsideCopies>();

async function takeStep(transaction: Kysely<Tables>, ground: SealGround): Promise<SealStep> {
  const progress = await takeTurn(transaction);
  if (!progress) return { outcome: 'elsewhere' };
  const { outside, batchMax = batchUsual } = ground;
  const agreed = await agreedKeys(transaction, ground);
  const base = await sealedBase(transaction, progress.size, { ...agreed, outside });
  await checkLast(transaction, progress, { ...ground, root: base.frontier.root() });
  if (base.ahead) {
    const position = await takeOver(transaction, { ...ground, ...base, ...progress, ahead: base.ahead, batchMax });
    const lost = await putBack(transaction, outside, agreed.keys);
    return { outcome: 'sealed', size: base.ahead.size, position, isAll: false, ...told(lost) };
  }
  const lost = isPutBack.has(outside) ? [] : await putBack(transaction, outside, agreed.keys);
  const made = (await ground.ahead?.take(progress.position)) ?? { leaves: [], isCut: false };
  const read: EventStore['read'] = (after, limit) => ground.store.read(after, limit);
  const next = await nextLeaves(read, { ...made, after: progress.position, leavesMax: batchMax });
  const last = next.leaves.at(-1);
  if (!last) return { outcome: 'nothing', ...told(lost) };
  const size = await keep(transaction, { progress, base, leaves: next.leaves, agreed, outside });
  return { outcome: 'sealed', size, position: last.position, isAll: !next.isCut, ...told(lost) };
}

const told = (lost: readonly number[]): Pick<SealStep, 'putBack'> => (lost.length > 0 ? { putBack: lost } : {});

/** Leaves in one step. */
export const batchUsual = 4000;

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

type Grown = {
  readonly progress: Progress;
  readonly base: Base;
  readonly leaves: readonly SealedLeaf[];
  readonly agreed: AgreedKeys;
  readonly outside: OutsideCopies;
};

/** @returns how many leaves the tree has then */
async function keep(transaction: Kysely<Tables>, { progress, base, leaves, agreed, outside }: Grown): Promise<number> {
  const { signer, keys } = agreed;
  const grown = await growTree(transaction, { size: progress.size, edge: base.edge, leaves });
  const { size } = grown;
  const note = signCheckpoint({ origin: signer.name, size, root: grown.root() }, [signer]);
  verifyByKeys(note, keys);
  const position = leaves.at(-1)?.position ?? progress.position;
  await transaction.updateTable('seal_progress').set({ size, position }).execute();
  await keepCheckpoint(transaction, size, note);
  await outside.leaves.keep(progress.size, leaves);
  await outside.keepCheckpoint(note);
  return size;
}
