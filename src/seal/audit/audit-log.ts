import type { StoredEvent } from '../../../events/envelope.ts';
import type { EventStore } from '../../store/event-store.ts';
import type { OutsideCopies } from '../outside-copies.ts';
import { storedLeaves } from '../stored-tree.ts';
import { compareLog, type LogFindings } from './compare-log.ts';
import { compareRoots } from './compare-roots.ts';
import { compareTiles, surplusTiles } from './compare-tiles.ts';
import { Cursor } from './cursor.ts';
import type { Finding } from './finding.ts';
import { collectHeads, type Heads, type HeadSources } from './heads.ts';
import { isAboutContent, Reading } from './reading.ts';
import { followLists, type LeafList, pagesOf, type Trusted, trustedOf } from './sealed-leaves.ts';

export type AuditGround = HeadSources & { readonly store: Pick<EventStore, 'read'> };

export type LogAudit = {
  readonly findings: readonly Finding[];
  /** Leaves of the largest checkpoint, and its root in base64; null where nothing was sealed. */
  readonly sealed: { readonly size: number; readonly root: string } | null;
  readonly unsealed: LogFindings['unsealed'];
  /** Verifier keys that the checkpoints were believed by. */
  readonly keys: readonly string[];
};

/**
 * Compares the log with every checkpoint that can be believed, fact by fact where a list of leaves leads to them, and
 * the tree in the database with the same leaves. It only reads; a server may be at work meanwhile.
 * @throws NoteError where the given head is no checkpoint
 */
export async function auditLog(ground: AuditGround): Promise<LogAudit> {
  const reading = new Reading();
  const { heads, keys, storedSize, findings } = await collectHeads(ground, reading);
  const followed = await followLists(listsOf(ground, reading), heads);
  const trusted = trustedOf(followed);
  const facts = new Cursor(eventsOf(ground.store));
  const log = await compareLog({ log: facts, sealed: new Cursor(trusted ? pagesOf(trusted) : nothing()) });
  if (facts.failure !== undefined) reading.failed('log', facts.failure);
  const last = heads.at(-1);
  const beyond = (last?.size ?? 0) - (trusted?.size ?? 0);
  const roots = () => compareRoots(eventsOf(ground.store), heads, trusted?.size ?? 0);
  const tiles = async () => [
    ...(trusted ? await compareTiles(ground.db, pagesOf(trusted), storedSize) : []),
    ...(await surplusTiles(ground.db)),
  ];
  return {
    findings: [
      ...log.findings,
      ...(beyond > 0 ? await reading.of('log', roots, []) : []),
      ...(trusted?.contradicted ?? []),
      ...findings,
      ...unledLeaves(heads, followed),
      ...(await reading.of('tiles', tiles, [])),
      ...claimed({ heads, keys, storedSize }),
      ...nothingKept({ heads, storedSize }, log.unsealedSince),
      ...reading.findings,
    ],
    sealed: last ? { size: last.size, root: last.root.toString('base64') } : null,
    unsealed: withoutFirst(log.unsealed, beyond),
    keys: keys.map(({ verifier }) => verifier),
  };
}

/** The log, positions that no event should have included. */
async function* eventsOf(store: Pick<EventStore, 'read'>, pageMax = 5000): AsyncIterable<readonly StoredEvent[]> {
  let limit = pageMax;
  for (let after = Number.MIN_SAFE_INTEGER; ;) {
    const events = await store.read(after, limit).catch((error: unknown) => {
      if (limit === 1 || !isAboutContent(error)) throw error;
    });
    if (!events) {
      // A fact that cannot be read does not hide those before it.
      limit = Math.ceil(limit / 8);
      continue;
    }
    const last = events.at(-1);
    if (!last) return;
    yield events;
    after = last.position;
  }
}

const leavesMax = 16_384;

/** The file beside the database first: whoever has rewritten the database could not rewrite that. */
const listsOf = (
  { outside, db }: { readonly outside: OutsideCopies } & Pick<AuditGround, 'db'>,
  reading: Reading,
): LeafList[] => [
  { where: 'folder', read: (from) => reading.of('leaves', () => outside.leaves.read(from, leavesMax), []) },
  { where: 'database', read: (from) => reading.of('leaves', () => storedLeaves(db, { from }), []) },
];

async function* nothing(): AsyncIterable<never> {}

/** The copies outside hold a checkpoint, and leaves that do not lead to it. */
function unledLeaves(heads: Heads['heads'], followed: readonly Trusted[]): Finding[] {
  const lastOutside = heads.findLast(({ where }) => where === 'folder')?.size ?? 0;
  const led = followed.find(({ list }) => list.where === 'folder')?.size ?? 0;
  return led < lastOutside ? [{ kind: 'leaves-changed', where: 'folder' }] : [];
}

/**
 * A tree in the database that goes beyond every checkpoint was signed by nobody. Without a key no checkpoint there can
 * be believed: what follows the one that was given is not sealed, as far as anybody here can tell.
 */
const claimed = ({ heads, keys, storedSize }: Omit<Heads, 'findings'>): Finding[] =>
  heads.length > 0 && keys.length > 0 && storedSize > (heads.at(-1)?.size ?? 0)
    ? [{ kind: 'checkpoint-missing', where: 'database', size: storedSize }]
    : [];

/** Sealing takes seconds: what is older, in milliseconds, was sealed, or the seal was taken away. */
const unsealedMax = 60_000;

/** No believed checkpoint holds a single fact. A log that began a moment ago is the only one for which that is right. */
function nothingKept(
  { heads, storedSize }: Pick<Heads, 'heads' | 'storedSize'>,
  unsealedSince: number | null,
): Finding[] {
  if ((heads.at(-1)?.size ?? 0) > 0) return [];
  const isOld = unsealedSince !== null && Math.abs(Date.now() - unsealedSince) > unsealedMax;
  return isOld || storedSize > 0 ? [{ kind: 'nothing-kept', size: storedSize }] : [];
}

function withoutFirst({ count, from, to }: LogFindings['unsealed'], sealed: number): LogFindings['unsealed'] {
  return count > sealed ? { count: count - sealed, from: from + sealed, to } : { count: 0, from: 0, to: 0 };
}
