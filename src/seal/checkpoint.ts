import { hashBytes } from './leaf.ts';
import { parseNote, signNote, verifyNote } from './note.ts';
import { NoteError } from './note-error.ts';
import type { NoteSigner } from './note-keys.ts';

/** The head of a log's tree: so many leaves have that root. */
export type Checkpoint = {
  /** Names the log for good; the name of its keys too. */
  readonly origin: string;
  /** Leaves. */
  readonly size: number;
  /** 32 bytes. */
  readonly root: Buffer;
  /** Lines below the root; `next KEY` where the log goes on under another key. */
  readonly extension: readonly string[];
};

/** The note of a checkpoint, as C2SP tlog-checkpoint says (c2sp.org/tlog-checkpoint), signed by each of the keys. */
export const signCheckpoint = (
  { origin, size, root, extension = [] }: Omit<Checkpoint, 'extension'> & Partial<Pick<Checkpoint, 'extension'>>,
  signers: readonly NoteSigner[],
): string => signNote(`${[origin, size, root.toString('base64'), ...extension].join('\n')}\n`, signers);

/**
 * Reads a checkpoint without believing it.
 * @throws NoteError for what is none
 */
export function parseCheckpoint(note: string): Checkpoint {
  const { text } = parseNote(note);
  const [origin = '', sizeText = '', rootText = '', ...extension] = text.slice(0, -1).split('\n');
  const root = Buffer.from(rootText, 'base64');
  const isWhole =
    origin !== '' &&
    /^(0|[1-9]\d{0,15})$/.test(sizeText) &&
    Number.isSafeInteger(Number(sizeText)) &&
    root.length === hashBytes &&
    root.toString('base64') === rootText &&
    !extension.includes('');
  if (!isWhole) throw new NoteError('the note is no checkpoint: origin, size and root, a line each');
  return { origin, size: Number(sizeText), root, extension };
}

/**
 * A checkpoint that one of the keys has signed in the log's own name, and which of them have.
 * @param verifierKeys trusted
 * @throws NoteError where none has, or in another name
 */
export function verifyCheckpoint(
  note: string,
  verifierKeys: readonly string[],
): Checkpoint & { readonly signedBy: readonly string[] } {
  const signedBy = verifyNote(parseNote(note), verifierKeys);
  const checkpoint = parseCheckpoint(note);
  if (!signedBy.every((key) => key.startsWith(`${checkpoint.origin}+`)))
    throw new NoteError('the checkpoint is about another log than its key');
  return { ...checkpoint, signedBy };
}
