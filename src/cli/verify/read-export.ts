import type { FileHandle } from 'node:fs/promises';
import { parseCheckpoint, verifyCheckpoint } from '../../seal/checkpoint.ts';
import type { Finding } from '../../seal/audit/finding.ts';
import type { Head } from '../../seal/audit/heads.ts';
import { Frontier } from '../../seal/frontier.ts';
import { leafHash } from '../../seal/leaf.ts';
import { NoteError } from '../../seal/note-error.ts';
import { Envelope, ExportEnd, ExportHeader, ExportLine } from '../export/export-format.ts';
import { type LineAt, linesOf } from '../export/lines-of.ts';
import { CouldNotLook } from './could-not-look.ts';
import { ExportStore } from './export-store.ts';
import { HeadMeter } from './head-meter.ts';

export type ReadExport = {
  readonly header: ExportHeader;
  readonly store: ExportStore;
  readonly findings: readonly Finding[];
  readonly sealed: { readonly size: number; readonly root: string } | null;
  readonly unsealed: { readonly count: number; readonly from: number; readonly to: number };
};

/**
 * Reads an export once, from beginning to end: each fact is hashed and compared with its leaf, and all leaves with the
 * checkpoints.
 * @param head a checkpoint that whoever asks has kept
 * @throws CouldNotLook for what is no export
 */
export async function readExport(file: FileHandle, head: string | undefined): Promise<ReadExport> {
  const lines = linesOf(file)[Symbol.asyncIterator]();
  const first = await lines.next();
  const header = first.done === true ? undefined : ExportHeader.safeParse(jsonOf(first.value.text)).data;
  if (!header) throw new CouldNotLook('The file of --export is no export of a fair.');
  const { heads, findings } = headsOf(header, head);
  const reader = new Reader(new ExportStore(file), heads);
  for (let next = await lines.next(); next.done !== true; next = await lines.next()) reader.take(next.value);
  return {
    header,
    store: reader.store,
    findings: [...reader.finish(), ...findings],
    sealed: sealedBy(heads),
    unsealed: reader.meter.unsealed,
  };
}

class Reader {
  readonly store: ExportStore;
  readonly meter: HeadMeter;
  readonly #frontier = Frontier.empty();
  readonly #findings: Finding[] = [];
  #last = 0;
  #events = 0;
  #end: ExportEnd['end'] | undefined;

  constructor(store: ExportStore, heads: readonly Head[]) {
    this.store = store;
    this.meter = new HeadMeter(this.#frontier, heads);
  }

  take(line: LineAt): void {
    const json = jsonOf(line.text);
    const fact = ExportLine.safeParse(json).data;
    const leaf = Buffer.from(fact?.leaf ?? '', 'base64');
    if (fact && leaf.length === leafBytes && fact.position > this.#last && !this.#end) this.#takeFact(fact, leaf, line);
    else if (!fact && !this.#end) this.#end = ExportEnd.safeParse(json).data?.end ?? this.#spoilt();
    else this.#spoilt();
  }

  finish(): Finding[] {
    const isWhole = this.#end?.leaves === this.#frontier.size && this.#end.events === this.#events;
    return [
      ...this.#findings,
      ...this.meter.finish(),
      ...(isWhole ? [] : [{ kind: 'export-incomplete', after: this.#last } as const]),
    ];
  }

  #takeFact({ position, event }: ExportLine, leaf: Buffer, { at, bytes }: LineAt): void {
    this.#last = position;
    this.#frontier.append(leaf);
    this.meter.met(position);
    if (event === undefined) return;
    this.#events += 1;
    const stream = streamIfLeaf(event, leaf, position);
    if (stream !== undefined) this.store.add({ position, stream, at, bytes });
    else this.#findings.push({ kind: 'facts-changed', from: position, to: position });
  }

  #spoilt(): undefined {
    this.#findings.push({ kind: 'export-incomplete', after: this.#last });
  }
}

const leafBytes = 32;

/** The stream of a fact, if it is the one that was hashed. */
const streamIfLeaf = (event: unknown, leaf: Buffer, position: number): string | undefined => {
  const envelope = Envelope.safeParse(event).data;
  if (envelope?.position !== position) return undefined;
  try {
    return leafHash({ ...envelope, data: envelope.data }).equals(leaf) ? envelope.stream : undefined;
  } catch {
    return undefined;
  }
};

function headsOf(header: ExportHeader, given: string | undefined) {
  const heads: Head[] = [];
  const findings: Finding[] = [];
  if (given !== undefined) heads.push({ ...parseCheckpoint(given), where: 'head' });
  try {
    if (header.checkpoint !== null)
      heads.push({ ...verifyCheckpoint(header.checkpoint, header.keys), where: 'export' });
  } catch (error) {
    if (!(error instanceof NoteError)) throw error;
    findings.push({ kind: 'checkpoint-replaced', where: 'export', size: 0, why: error.message });
  }
  if (findings.length === 0 && !heads.some(({ size }) => size > 0)) findings.push({ kind: 'nothing-kept', size: 0 });
  return { heads: heads.toSorted((a, b) => a.size - b.size), findings };
}

const sealedBy = (heads: readonly Head[]): ReadExport['sealed'] => {
  const last = heads.at(-1);
  return last ? { size: last.size, root: last.root.toString('base64') } : null;
};

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
