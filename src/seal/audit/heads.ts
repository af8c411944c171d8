import type { Kysely } from 'kysely';
import type { Tables } from '../../database/tables.ts';
import { parseCheckpoint } from '../checkpoint.ts';
import { NoteError } from '../note-error.ts';
import type { OutsideCopies } from '../outside-copies.ts';
import { followHandovers, type PublishedKey, verifyByKeys } from '../published-keys.ts';
import { storedKeys, storedProgress } from '../stored-tree.ts';
import type { Finding, Where } from './finding.ts';
import type { Reading } from './reading.ts';

/** A tree head that is believed: signed by a key of the log, or kept by whoever asks. */
export type Head = { readonly where: Where; readonly size: number; readonly root: Buffer };

export type Heads = {
  /** The smallest first. */
  readonly heads: readonly Head[];
  readonly keys: readonly PublishedKey[];
  /** Leaves that the database says it has. */
  readonly storedSize: number;
  readonly findings: readonly Finding[];
};

export type HeadSources = {
  readonly db: Kysely<Tables>;
  readonly outside: OutsideCopies;
  /** A note that whoever asks has kept. */
  readonly given?: string | undefined;
  /** The log's key where it comes from the environment, for a machine that keeps no copies. */
  readonly ownKey?: string | undefined;
};

/**
 * The checkpoints of the log, from all places, each believed only if a key signed it that is known from outside the
 * database. What is missing or replaced in the database is found by what is outside.
 */
export async function collectHeads({ db, outside, given, ownKey }: HeadSources, reading: Reading): Promise<Heads> {
  const sizesOutside = await reading.of('heads', () => outside.checkpointSizes(), []);
  const kept = await reading.of('heads', () => outside.keys(), []);
  const stored = await reading.of('heads', () => storedKeys(db), []);
  const keys = kept.length > 0 ? followHandovers(kept, stored) : keysAround(ownKey, stored);
  const storedSize = (await reading.of('heads', () => storedProgress(db), undefined))?.size ?? 0;
  const notesOutside = await reading.of('heads', () => notesOf(outside, sizesOutside), []);
  const notesStored = await storedNotes(db, reading);
  const believed = new Believed(keys);
  for (const { size, note } of notesOutside) believed.add(note, { where: 'folder', size });
  for (const { size, note } of keys.length === 0 ? [] : notesStored) believed.add(note, { where: 'database', size });
  for (const { fromSize, handover } of kept.length > 0 ? [] : keys.slice(1))
    if (handover !== null) believed.add(handover, { where: 'database', size: fromSize });
  if (given !== undefined) believed.addGiven(given);
  const isThere = new Set(notesStored.map(({ size }) => size));
  const gone = notesOutside.filter(({ size }) => size <= storedSize && !isThere.has(size)).map(({ size }) => size);
  return {
    heads: believed.heads.toSorted((a, b) => a.size - b.size),
    keys,
    storedSize,
    findings: [
      ...believed.findings,
      ...goneOf(gone, lostSizes(sizesOutside, storedSize)),
      ...keyFindings({ keys, stored, storedSize }),
    ],
  };
}

/**
 * Where nothing is kept but our own key: those before it, if they lead to it, and those that follow. Nobody else can
 * make it sign a handover, nor another root of that size.
 */
function keysAround(ownKey: string | undefined, stored: readonly PublishedKey[]): PublishedKey[] {
  if (ownKey === undefined) return [];
  const chain = followHandovers(stored.slice(0, 1), stored.slice(1));
  if (chain.some(({ verifier }) => verifier === ownKey)) return chain;
  return followHandovers([{ verifier: ownKey, fromSize: 0, handover: null }], stored);
}

class Believed {
  readonly #keys: readonly PublishedKey[];
  readonly heads: Head[] = [];
  readonly findings: Finding[] = [];

  constructor(keys: readonly PublishedKey[]) {
    this.#keys = keys;
  }

  add(note: string, { where, size }: { readonly where: Where; readonly size: number }): void {
    try {
      const checkpoint = verifyByKeys(note, this.#keys);
      if (checkpoint.size !== size) throw new NoteError(`it is of size ${checkpoint.size}`);
      this.heads.push({ where, size, root: checkpoint.root });
    } catch (error) {
      if (!(error instanceof NoteError)) throw error;
      this.findings.push({ kind: 'checkpoint-replaced', where, size, why: error.message });
    }
  }

  /** It is believed because it was kept; a signature that is not ours is worth telling all the same. */
  addGiven(note: string): void {
    const { size, root } = parseCheckpoint(note);
    this.heads.push({ where: 'head', size, root });
    if (this.#keys.length === 0) return;
    try {
      verifyByKeys(note, this.#keys);
    } catch (error) {
      if (!(error instanceof NoteError)) throw error;
      this.findings.push({ kind: 'checkpoint-replaced', where: 'head', size, why: error.message });
    }
  }
}

/** One size that no number holds does not take the others away. */
async function storedNotes(db: Kysely<Tables>, reading: Reading) {
  const notes = db.selectFrom('checkpoints').select(['size', 'note']).orderBy('size');
  const largest = Number.MAX_SAFE_INTEGER;
  await reading.of('heads', () => notes.where('size', '>', largest).execute(), []);
  return reading.of('heads', () => notes.where('size', '<=', largest).execute(), []);
}

async function notesOf(outside: OutsideCopies, sizes: readonly number[]) {
  const notes: { readonly size: number; readonly note: string }[] = [];
  for (const size of sizes) {
    const note = await outside.checkpoint(size);
    if (note !== undefined) notes.push({ size, note });
  }
  const latest = await outside.latest();
  const latestSize = latest === undefined ? 0 : sizeOf(latest);
  const isNew = latest !== undefined && !notes.some(({ size, note }) => size === latestSize && note === latest);
  return isNew ? [...notes, { size: latestSize, note: latest }] : notes;
}

/** 0 for what is no checkpoint, which is told of when it is verified. */
const sizeOf = (note: string): number => {
  try {
    return parseCheckpoint(note).size;
  } catch (error) {
    if (error instanceof NoteError) return 0;
    throw error;
  }
};

/**
 * A crash between writing the copy outside and committing leaves one checkpoint that the database does not know of;
 * more than one was taken out of it.
 */
const lostSizes = (sizesOutside: readonly number[], storedSize: number): number[] => {
  const beyond = sizesOutside.filter((size) => size > storedSize);
  return beyond.length > 1 ? beyond : [];
};

const goneOf = (...sizes: readonly (readonly number[])[]): Finding[] =>
  [...new Set(sizes.flat())].map((size) => ({ kind: 'checkpoint-missing', where: 'database', size }));

function keyFindings({
  keys,
  stored,
  storedSize,
}: Pick<Heads, 'keys' | 'storedSize'> & { readonly stored: readonly PublishedKey[] }): Finding[] {
  if (keys.length === 0) return [];
  const known = keys.map(({ verifier }) => verifier);
  const there = stored.map(({ verifier }) => verifier);
  const replaced = there.filter((key) => !known.includes(key));
  const missing = storedSize === 0 ? [] : known.filter((key) => !there.includes(key));
  return [
    ...replaced.map((key) => ({ kind: 'key-replaced', where: 'database', key }) as const),
    ...missing.map((key) => ({ kind: 'key-missing', where: 'database', key }) as const),
  ];
}
