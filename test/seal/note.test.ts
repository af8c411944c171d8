import { describe, expect, it } from 'vitest';
import { parseNote, signNote, verifyNote } from '../../src/seal/note.ts';
import { NoteError } from '../../src/seal/note-error.ts';
import { newSignerKey, readSignerKey, readVerifierKey } from '../../src/seal/note-keys.ts';

/** The example of Go's package sumdb/note, where the form comes from. */
const signerKey = 'PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz';
const verifierKey = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
const text = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
const signature =
  '— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n';
const note = `${text}\n${signature}`;

describe('the example of Go’s sumdb/note', () => {
  it('is signed byte by byte as published', () => {
    expect(signNote(text, [readSignerKey(signerKey)])).toBe(note);
    expect(readSignerKey(signerKey).verifierKey).toBe(verifierKey);
  });

  it('is believed with its key, whoever else has signed it', () => {
    const stranger = readSignerKey(newSignerKey('stranger'));
    const cosigned = note + (signNote(text, [stranger]).split('\n\n')[1] ?? '');
    expect(verifyNote(parseNote(note), [verifierKey])).toEqual([verifierKey]);
    expect(verifyNote(parseNote(cosigned), [verifierKey])).toEqual([verifierKey]);
    expect(verifyNote(parseNote(cosigned), [verifierKey, stranger.verifierKey])).toEqual([
      verifierKey,
      stranger.verifierKey,
    ]);
  });

  it.each([
    ['its text was changed', note.replace('problem is', 'problem was')],
    ['its signature was changed', note.replace('x08go/ZJku', 'x08go/ZJkv')],
    ['its signature is another key’s, in its name', `${text}\n${forged(text)}`],
    ['nobody that is trusted has signed it', signNote(text, [readSignerKey(newSignerKey('PeterNeumann'))])],
  ])('is not believed where %s', (_, changed) => {
    expect(() => verifyNote(parseNote(changed), [verifierKey])).toThrow(NoteError);
  });
});

describe('what has not the form of a note', () => {
  it.each([
    ['nothing', ''],
    ['no signature', `${text}\n`],
    ['no empty line', text + signature],
    ['no last end of line', note.slice(0, -1)],
    ['a hyphen for the dash', note.replace('—', '-')],
    ['a control character', note.replace('If', 'I\tf')],
    ['a carriage return', note.replaceAll('\n', '\r\n')],
    ['base64 in another way', note.replace('JnAM=', 'JnAN=')],
    ['a line behind the signatures', `${note}more\n`],
    ['more signatures than anybody needs', note + signature.repeat(100)],
  ])('is read as none: %s', (_, broken) => {
    expect(() => parseNote(broken)).toThrow(NoteError);
  });

  it.each([['no end of line'], ['a\u0000b\n'], ['\ud800\n'], ['']])('is not signed: %j', (broken) => {
    expect(() => signNote(broken, [readSignerKey(signerKey)])).toThrow(NoteError);
  });
});

describe('a key', () => {
  it('is another one each time, and signs what its own half checks', () => {
    const made = readSignerKey(newSignerKey('hoi-sach/1'));
    expect(verifyNote(parseNote(signNote(text, [made])), [made.verifierKey])).toEqual([made.verifierKey]);
    expect(newSignerKey('hoi-sach/1')).not.toBe(newSignerKey('hoi-sach/1'));
  });

  it.each([
    [signerKey.replace('c74f20a3', 'c74f20a4')],
    [signerKey.replace('Peter', 'Paul')],
    [signerKey.slice(0, -4)],
    [verifierKey],
    [''],
  ])('that signs is refused where it is not whole: %s', (broken) => {
    expect(() => readSignerKey(broken)).toThrow(/signing key/);
  });

  it.each([[verifierKey.replace('c74f20a3', 'c74f20a4')], [verifierKey.replace('ARpc', 'Ampc')], [signerKey], ['a+b']])(
    'that checks is refused where it is not whole: %s',
    (broken) => {
      expect(() => readVerifierKey(broken)).toThrow(NoteError);
      expect(() => readVerifierKey(broken)).toThrow(/verifier key/);
    },
  );

  it('is not shown by what is thrown about it', () => {
    expect(() => readSignerKey(signerKey.replace('c74f20a3', 'c74f20a4'))).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('AYEKFALV') }),
    );
  });
});

/** A signature of another key that claims to be the known one, by its name and id. */
function forged(text: string): string {
  const [, line = ''] = signNote(text, [readSignerKey(newSignerKey('PeterNeumann'))]).split('\n\n');
  const bytes = Buffer.from(line.split(' ')[2] ?? '', 'base64');
  bytes.writeUInt32BE(0xc74f20a3);
  return `— PeterNeumann ${bytes.toString('base64')}\n`;
}
