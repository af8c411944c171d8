import { sign, verify } from 'node:crypto';
import { NoteError } from './note-error.ts';
import { keyIdOf, type NoteSigner, readVerifierKey } from './note-keys.ts';

/** A note as it was read: nothing of it is to be believed before `verifyNote` has named who signed it. */
export type Note = {
  /** Lines, each with its end of line, that the signatures are about. */
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
};

export type NoteSignature = { readonly name: string; readonly keyId: number; readonly signature: Buffer };

/**
 * Signs a text as C2SP signed-note says (c2sp.org/signed-note), a line a signer.
 * @param text ends with an end of line
 * @throws NoteError for a text that can be no note's
 */
export function signNote(text: string, signers: readonly NoteSigner[]): string {
  if (!isNoteText(text)) throw new NoteError('a note is lines without control characters, and ends with one');
  const lines = signers.map(({ name, keyId, privateKey }) => {
    const id = Buffer.alloc(4);
    id.writeUInt32BE(keyId);
    const signature = sign(null, Buffer.from(text), privateKey);
    return `${dash} ${name} ${Buffer.concat([id, signature]).toString('base64')}\n`;
  });
  return `${text}\n${lines.join('')}`;
}

/** @throws NoteError for what has not the form of a note */
export function parseNote(note: string): Note {
  const end = note.lastIndexOf('\n\n');
  const text = note.slice(0, end + 1);
  const block = note.slice(end + 2);
  if (end < 0 || !isNoteText(text) || !block.endsWith('\n') || note.length > noteLengthMax)
    throw new NoteError('this has not the form of a signed note');
  const lines = block.slice(0, -1).split('\n');
  if (lines.length > signaturesMax) throw new NoteError(`the note has more than ${signaturesMax} signatures`);
  return { text, signatures: lines.map(parseSignature) };
}

/**
 * Whose signatures a note carries, of those keys that are trusted; what others have signed beside them is ignored.
 * @param verifierKeys trusted, in the form `name+id+base64(0x01 ‖ public key)`
 * @returns the keys that have signed, at least one
 * @throws NoteError where none has, and where a signature in the name of one is not its own
 */
export function verifyNote({ text, signatures }: Note, verifierKeys: readonly string[]): string[] {
  const signed = new Set<string>();
  for (const verifierKey of verifierKeys) {
    const { name, publicKey } = readVerifierKey(verifierKey);
    const keyId = keyIdOf(name, publicKey);
    for (const found of signatures) {
      if (found.name !== name || found.keyId !== keyId) continue;
      if (!verify(null, Buffer.from(text), publicKey, found.signature))
        throw new NoteError(`the signature of ${name} is not its own`);
      signed.add(verifierKey);
    }
  }
  if (signed.size === 0) throw new NoteError('the note is signed by no key that is trusted');
  return [...signed];
}

/** U+2014 begins a line of a signature. */
const dash = '—';
const signaturesMax = 100;
const noteLengthMax = 1_000_000;

/** Lines in well-formed Unicode without control characters, and not the empty text. */
const isNoteText = (text: string): boolean =>
  text.length > 1 &&
  text.endsWith('\n') &&
  text.isWellFormed() &&
  !Array.from(text).some((character) => character < ' ' && character !== '\n');

function parseSignature(line: string): NoteSignature {
  const [, name, base64 = ''] = /^— ([^\s+]+) ([A-Za-z0-9+/]+={0,2})$/.exec(line) ?? [];
  const bytes = Buffer.from(base64, 'base64');
  // What is not written in the one way of base64 could be changed without changing what it says.
  if (name === undefined || bytes.length < 5 || bytes.toString('base64') !== base64)
    throw new NoteError('a line below the text is no signature');
  return { name, keyId: bytes.readUInt32BE(), signature: bytes.subarray(4) };
}
