import { describe, expect, it } from 'vitest';
import { parseCheckpoint, signCheckpoint, verifyCheckpoint } from '../../src/seal/checkpoint.ts';
import { NoteError } from '../../src/seal/note-error.ts';
import { newSignerKey, readSignerKey } from '../../src/seal/note-keys.ts';

const origin = 'hoi-sach/0198';
const signer = readSignerKey(newSignerKey(origin));
const root = Buffer.alloc(32, 7);
const head = { origin, size: 20852163, root };

describe('a checkpoint', () => {
  it('reads as C2SP tlog-checkpoint shows it', () => {
    // The example of the specification; its keys are nobody's.
    const example =
      'example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n' +
      '— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n';
    expect(parseCheckpoint(example)).toEqual({
      origin: 'example.com/behind-the-sofa',
      size: 20852163,
      root: Buffer.from('CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=', 'base64'),
      extension: [],
    });
  });

  it('is origin, size and root, a line each, with the signature below', () => {
    const note = signCheckpoint(head, [signer]);
    expect(note).toMatch(/^hoi-sach\/0198\n20852163\nBwcH[A-Za-z0-9+/]+=\n\n— hoi-sach\/0198 [A-Za-z0-9+/]+=*\n$/);
    expect(verifyCheckpoint(note, [signer.verifierKey])).toEqual({
      ...head,
      extension: [],
      signedBy: [signer.verifierKey],
    });
  });

  it('carries the signatures of both keys, and which one is next, where one key follows another', () => {
    const next = readSignerKey(newSignerKey(origin));
    const note = signCheckpoint({ ...head, extension: [`next ${next.verifierKey}`] }, [signer, next]);
    expect(verifyCheckpoint(note, [signer.verifierKey])).toMatchObject({
      signedBy: [signer.verifierKey],
      extension: [`next ${next.verifierKey}`],
    });
    expect(verifyCheckpoint(note, [signer.verifierKey, next.verifierKey]).signedBy).toHaveLength(2);
  });

  it('of another log is not believed, though the key is trusted for its own', () => {
    const note = signCheckpoint({ ...head, origin: 'hoi-sach/0199' }, [signer]);
    expect(() => verifyCheckpoint(note, [signer.verifierKey])).toThrow(NoteError);
  });

  it.each([
    ['a leading zero', { size: '020852163' }],
    ['a negative size', { size: '-1' }],
    ['a size that no number holds exactly', { size: '9007199254740993' }],
    ['a root that is too short', { root: 'BwcH' }],
    ['a root in another base64', { root: `${root.toString('base64').slice(0, -2)}d=` }],
    ['an empty origin', { origin: '' }],
  ])('is read as none with %s', (_, changed) => {
    const lines = { origin, size: '20852163', root: root.toString('base64'), ...changed };
    const note = `${lines.origin}\n${lines.size}\n${lines.root}\n\n${signCheckpoint(head, [signer]).split('\n\n')[1]}`;
    expect(() => parseCheckpoint(note)).toThrow(NoteError);
  });

  it('of an empty log has the size 0', () => {
    expect(parseCheckpoint(signCheckpoint({ ...head, size: 0 }, [signer])).size).toBe(0);
  });
});
