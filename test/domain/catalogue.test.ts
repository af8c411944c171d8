import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applicationStatuses } from '../../events/application.ts';
import { CatalogueLine } from '../../events/catalogue-upload.ts';
import { unknownApplication } from '../../src/domain/application.ts';
import { chunkBytesMax, completeUpload, tallyUpload, uploadChunk } from '../../src/domain/catalogue.ts';
import { application, applicationAt } from '../support/application-facts.ts';
import { closedFair, eightOClock, idOf, minute, runningFair } from '../support/facts.ts';

const named = { exhibitor: application, upload: idOf(0xca) };
const lineOf = (line: number, copies = 1) => CatalogueLine.parse({ line, name: 'Dế Mèn phiêu lưu ký', copies });
const chunkOf = (chunk: number, ...lines: ReturnType<typeof lineOf>[]) => ({ ...named, chunk, lines });
const now = { fair: runningFair, occurredAt: eightOClock, exhibitor: applicationAt('approved') };
const withoutCatalogue = ['draft', 'declined', 'withdrawn', 'cancelled'] as const;

describe('a chunk of a catalogue', () => {
  it('is taken from every exhibitor whose books may be at the fair', () => {
    for (const status of applicationStatuses) {
      const decided = uploadChunk(chunkOf(1, lineOf(1)), { ...now, exhibitor: applicationAt(status), upload: 'open' });
      const without = withoutCatalogue.find((each) => each === status);
      expect(decided).toMatchObject(
        without ? { refused: `application-is-${without}` } : { type: 'CatalogueChunkUploaded' },
      );
    }
    expect(uploadChunk(chunkOf(1, lineOf(1)), { ...now, exhibitor: unknownApplication, upload: 'open' })).toEqual({
      missed: 'not-found',
    });
  });

  it('adds nothing to an upload that is complete, and nothing after closing', () => {
    expect(uploadChunk(chunkOf(9, lineOf(1)), { ...now, upload: 'complete' })).toEqual({ refused: 'upload-complete' });
    const late = { ...now, fair: closedFair, occurredAt: eightOClock + minute };
    expect(uploadChunk(chunkOf(1, lineOf(1)), { ...late, upload: 'open' })).toEqual({ refused: 'fair-closed' });
  });

  it('is at most 128 KB of UTF-8', () => {
    const long = { ...lineOf(1), name: 'ế'.repeat(300), author: 'ễ'.repeat(200), publisher: 'ữ'.repeat(200) };
    const lines = Array.from({ length: 60 }, (_, index) => ({ ...long, line: index + 1 }));
    const decided = uploadChunk(chunkOf(1, ...lines), { ...now, upload: 'open' });
    expect(decided).toMatchObject({
      wrong: [{ field: 'lines', message: expect.stringContaining(String(chunkBytesMax)) }],
    });
    expect(uploadChunk(chunkOf(1, ...lines.slice(0, 50)), { ...now, upload: 'open' })).toHaveProperty('type');
  });
});

describe('completing an upload', () => {
  const complete = (
    upload: { chunks: number; lines: number; copies: number },
    chunks: ReturnType<typeof chunkOf>[],
  ) => {
    const tally = tallyUpload(upload.chunks);
    for (const chunk of chunks) tally.add(chunk);
    return completeUpload({ ...named, ...upload }, { ...now, arrived: tally.arrived() });
  };

  it('is refused with the list while chunks are missing, whatever else is wrong', () => {
    expect(complete({ chunks: 4, lines: 99, copies: 0 }, [chunkOf(3, lineOf(1)), chunkOf(1, lineOf(1))])).toEqual({
      refused: 'chunks-missing',
      details: { missing: [2, 4] },
    });
  });

  it('is refused where a line came twice or the totals differ', () => {
    const twice = [chunkOf(1, lineOf(1), lineOf(2)), chunkOf(2, lineOf(2))];
    expect(complete({ chunks: 2, lines: 3, copies: 3 }, twice)).toEqual({
      refused: 'lines-repeated',
      details: { repeatedLines: [2] },
    });
    const totals = { refused: 'totals-differ', details: { arrived: { lines: 1, copies: 7 } } };
    expect(complete({ chunks: 1, lines: 2, copies: 7 }, [chunkOf(1, lineOf(1, 7))])).toEqual(totals);
    expect(complete({ chunks: 1, lines: 1, copies: 8 }, [chunkOf(1, lineOf(1, 7))])).toEqual(totals);
  });

  it('takes an empty catalogue, which takes back the one before', () => {
    expect(complete({ chunks: 0, lines: 0, copies: 0 }, [])).toHaveProperty('type', 'CatalogueUploaded');
  });

  it('holds for every way to cut the same lines into chunks, in any order', () => {
    const lines = fc.array(fc.nat({ max: 5000 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(lines, fc.integer({ min: 1, max: 20 }), fc.infiniteStream(fc.nat()), (copies, size, chance) => {
        const all = copies.map((each, index) => lineOf(index + 1, each));
        const chunks = Array.from({ length: Math.ceil(all.length / size) }, (_, index) =>
          chunkOf(index + 1, ...all.slice(index * size, (index + 1) * size)),
        );
        const shuffled = chunks.map((chunk) => ({ chunk, at: chance.next().value })).sort((a, b) => a.at - b.at);
        const totals = {
          chunks: chunks.length,
          lines: all.length,
          copies: copies.reduce((sum, each) => sum + each, 0),
        };
        const arrived = shuffled.map(({ chunk }) => chunk);
        expect(complete(totals, arrived)).toEqual({ type: 'CatalogueUploaded', data: { ...named, ...totals } });
        expect(complete(totals, arrived.slice(1))).toMatchObject({ refused: 'chunks-missing' });
      }),
    );
  });
});
