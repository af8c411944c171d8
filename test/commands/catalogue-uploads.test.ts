import { beforeEach, describe, expect, it, vi } from 'vitest';
import { CatalogueLine } from '../../events/catalogue-upload.ts';
import type { Actor } from '../../events/envelope.ts';
import { catalogueStream, chunkStream, loadUploads } from '../../src/commands/catalogues.ts';
import { completeCatalogueUpload } from '../../src/commands/complete-catalogue-upload.ts';
import { uploadCatalogueChunk } from '../../src/commands/upload-catalogue-chunk.ts';
import { approvedExhibitor } from '../support/exhibitors.ts';
import { fairId, idOf } from '../support/facts.ts';
import { expectOnce, type FairLog, fairLog, recorded } from '../support/fair-log.ts';

const exhibitor = idOf(0xe1);
const upload = idOf(0xca);
const own: Actor = { role: 'exhibitor', id: exhibitor };

let log: FairLog;
beforeEach(async () => {
  log = await fairLog();
  await approvedExhibitor(log, exhibitor);
});

const lines = (from: number, count: number, copies = 10) =>
  Array.from({ length: count }, (_, index) => CatalogueLine.parse({ line: from + index, name: 'Dế Mèn', copies }));
const sendChunk = (
  chunk: number,
  about: { from?: number; copies?: number; upload?: string; exhibitor?: string } = {},
  context = log.as(own),
) =>
  uploadCatalogueChunk(log, context, {
    exhibitor: about.exhibitor ?? exhibitor,
    upload: about.upload ?? upload,
    chunk,
    lines: lines(about.from ?? 2 * chunk - 1, 2, about.copies),
  });
const complete = (
  totals: { chunks: number; lines: number; copies: number },
  about: { upload?: string; exhibitor?: string } = {},
  context = log.as(own),
) => completeCatalogueUpload(log, context, { exhibitor, upload, ...about, ...totals });
const two = { chunks: 2, lines: 4, copies: 40 };

describe('uploading a catalogue', () => {
  it('takes each chunk once', async () => {
    const answer = await expectOnce(log, (context, about) => sendChunk(1, about ? { copies: 11 } : {}, context), own);
    expect(answer).toEqual({ outcome: 'recorded', lines: 2, copies: 20 });
  });

  it('is complete once, however the chunks came', async () => {
    for (const chunk of [2, 1, 2]) recorded(await sendChunk(chunk));
    const answer = await expectOnce(
      log,
      (context, about) => complete({ ...two, copies: about ? 41 : 40 }, {}, context),
      own,
    );
    expect(answer).toEqual({ outcome: 'complete', lines: 4, copies: 40 });
    expect(await sendChunk(3)).toEqual({ kind: 'refused', reason: 'upload-complete' });
    expect(await sendChunk(1)).toMatchObject({ kind: 'recorded', repeated: true });
  });

  it('is recognised, sent again, by its closing fact: its chunks are not read for that', async () => {
    for (const chunk of [1, 2]) recorded(await sendChunk(chunk));
    recorded(await complete(two));
    const load = vi.spyOn(log.store, 'load');
    const again = await complete(two);
    const read = load.mock.calls.flatMap(([requests]) => requests.map(({ stream }) => stream));
    expect(again).toMatchObject({ kind: 'recorded', repeated: true });
    expect(read).toContain(catalogueStream(fairId, exhibitor));
    expect(read).not.toContain(chunkStream(fairId, { exhibitor, upload, chunk: 1 }));
  });

  it('is refused with the list while a chunk is missing, and complete when it has come', async () => {
    recorded(await sendChunk(2));
    const before = await log.store.head();
    const missing = { kind: 'refused', reason: 'chunks-missing', details: { missing: [1] } };
    expect(await complete(two)).toEqual(missing);
    expect(await log.store.head()).toBe(before);
    recorded(await sendChunk(1));
    expect(recorded(await complete(two))).toEqual({ outcome: 'complete', lines: 4, copies: 40 });
  });

  it('is refused where its totals are not those that came', async () => {
    recorded(await sendChunk(1));
    const arrived = { details: { arrived: { lines: 2, copies: 20 } } };
    expect(await complete({ chunks: 1, lines: 2, copies: 21 })).toMatchObject({ reason: 'totals-differ', ...arrived });
    recorded(await sendChunk(2, { from: 2 }));
    expect(await complete(two)).toMatchObject({ reason: 'lines-repeated', details: { repeatedLines: [2] } });
  });

  it('is nobody else’s: neither the id of the upload nor of its chunks', async () => {
    const other = idOf(0xe2);
    await approvedExhibitor(log, other);
    recorded(await sendChunk(1));
    const theirs = log.as({ role: 'exhibitor', id: other });
    expect(await sendChunk(1, { exhibitor: other }, theirs)).toEqual({ kind: 'id-already-used' });
    const totals = { chunks: 1, lines: 2, copies: 20 };
    expect(await complete(totals, { exhibitor: other }, theirs)).toMatchObject({ details: { missing: [1] } });
    recorded(await complete(totals));
    expect(await complete(totals, { exhibitor: other }, theirs)).toMatchObject({ reason: 'chunks-missing' });
    expect(await loadUploads(log, fairId, other)).toEqual([]);
  });

  it('replaces the one before, which stays in the log', async () => {
    for (const [at, each] of [upload, idOf(0xcb)].entries()) {
      recorded(await sendChunk(1, { upload: each, copies: at + 1 }));
      recorded(await complete({ chunks: 1, lines: 2, copies: 2 * (at + 1) }, { upload: each }));
    }
    expect((await loadUploads(log, fairId, exhibitor)).map(({ data }) => data.copies)).toEqual([2, 4]);
  });

  it('is for exhibitors of the fair, before its closing', async () => {
    expect(await sendChunk(1, { exhibitor: idOf(0xe9) })).toEqual({ kind: 'not-found' });
    expect(await complete(two, { exhibitor: idOf(0xe9) })).toEqual({ kind: 'not-found' });
    await log.close();
    expect(await sendChunk(1)).toEqual({ kind: 'refused', reason: 'fair-closed' });
  });
});
