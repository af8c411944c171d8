import type { DataOf } from '../../events/catalogue.ts';
import type { chunkRefusals, uploadRefusals } from '../../events/catalogue-upload.ts';
import type { Application } from './application.ts';
import { type Decided, type Missed, notFound } from './decision.ts';
import { isAfterClosing, type OpenFair } from './fair.ts';
import { type Wrong, wrong } from './wrong-field.ts';

type Chunk = DataOf<'CatalogueChunkUploaded'>;
type Upload = DataOf<'CatalogueUploaded'>;

type Closed = Extract<(typeof chunkRefusals)[number], (typeof uploadRefusals)[number]>;

/** When it is asked, and of whom: `occurredAt` in milliseconds since 1970. */
type Circumstances = { readonly fair: OpenFair; readonly occurredAt: number; readonly exhibitor: Application };

/** As JSON in UTF-8: an event stays small enough for every store (architecture §3). */
export const chunkBytesMax = 128 * 1024;

/** A part of an upload. It shows nowhere until the upload's closing fact is in. */
export function uploadChunk(
  chunk: Chunk,
  { upload, ...circumstances }: Circumstances & { readonly upload: 'open' | 'complete' },
): Decided<'CatalogueChunkUploaded', (typeof chunkRefusals)[number]> | Missed | Wrong {
  const closed = refusedCatalogue(circumstances);
  if (closed) return closed;
  if (upload === 'complete') return { refused: 'upload-complete' };
  const bytes = new TextEncoder().encode(JSON.stringify(chunk)).length;
  return bytes > chunkBytesMax
    ? wrong('lines', `are ${bytes} bytes; at most ${chunkBytesMax} fit: send fewer lines in a chunk`)
    : { type: 'CatalogueChunkUploaded', data: chunk };
}

/** What is there of an upload: the chunks that are missing, and the totals of those that are in. */
export type Arrived = {
  readonly missing: readonly number[];
  readonly lines: number;
  readonly copies: number;
  /** Line numbers that stand in the upload more than once; the first 20. */
  readonly repeatedLines: readonly number[];
};

/** Adds up an upload chunk by chunk, since the whole of it may be 64 MB. */
export type UploadTally = { readonly add: (chunk: Chunk) => void; readonly arrived: () => Arrived };

/** Totals over all lines, those left out of the frozen catalogue included: they tell that nothing was lost on the way. */
export function tallyUpload(chunksExpected: number): UploadTally {
  const missing = new Set(Array.from({ length: chunksExpected }, (_, index) => index + 1));
  const seen = new Set<number>();
  const repeated = new Set<number>();
  let [lines, copies] = [0, 0];
  return {
    add: (chunk) => {
      missing.delete(chunk.chunk);
      lines += chunk.lines.length;
      for (const line of chunk.lines) {
        copies += line.copies;
        (seen.has(line.line) ? repeated : seen).add(line.line);
      }
    },
    arrived: () => ({ missing: [...missing], lines, copies, repeatedLines: [...repeated].slice(0, 20) }),
  };
}

/** An upload is complete when all of it is here, and then replaces the earlier ones whole. */
export function completeUpload(
  upload: Upload,
  { arrived, ...circumstances }: Circumstances & { readonly arrived: Arrived },
): Decided<'CatalogueUploaded', (typeof uploadRefusals)[number]> | Missed {
  const closed = refusedCatalogue(circumstances);
  if (closed) return closed;
  const { missing, repeatedLines, lines, copies } = arrived;
  if (missing.length > 0) return { refused: 'chunks-missing', details: { missing } };
  if (repeatedLines.length > 0) return { refused: 'lines-repeated', details: { repeatedLines } };
  if (lines !== upload.lines || copies !== upload.copies) {
    return { refused: 'totals-differ', details: { arrived: { lines, copies } } };
  }
  return { type: 'CatalogueUploaded', data: upload };
}

function refusedCatalogue({
  fair,
  occurredAt,
  exhibitor,
}: Circumstances): { readonly refused: Closed } | Missed | undefined {
  switch (exhibitor.status) {
    case 'unknown':
      return notFound;
    case 'draft':
    case 'declined':
    case 'withdrawn':
    case 'cancelled':
      return { refused: `application-is-${exhibitor.status}` };
    default:
      return isAfterClosing(fair, occurredAt) ? { refused: 'fair-closed' } : undefined;
  }
}
