import type { DataOf } from '../../events/catalogue.ts';
import type { Application } from './application.ts';
import type { ApplicationStatus } from './application-steps.ts';
import type { Decided } from './decision.ts';
import { isAfterClosing, type OpenFair } from './fair.ts';

type Chunk = DataOf<'CatalogueChunkUploaded'>;
type Upload = DataOf<'CatalogueUploaded'>;

/** When it is asked, and of whom: `occurredAt` in milliseconds since 1970. */
type Circumstances = { readonly fair: OpenFair; readonly occurredAt: number; readonly exhibitor: Application };

/** Whose books will not be at the fair, or are not announced yet, sends no catalogue. */
const withoutCatalogue = [
  'draft',
  'declined',
  'withdrawn',
  'cancelled',
] as const satisfies readonly ApplicationStatus[];
type Closed = 'fair-closed' | 'unknown-application' | `application-is-${(typeof withoutCatalogue)[number]}`;

export type ChunkRefusal = Closed | 'upload-complete';

/** A part of an upload. It shows nowhere until the upload's closing fact is in. */
export function uploadChunk(
  chunk: Chunk,
  { upload, ...circumstances }: Circumstances & { readonly upload: 'open' | 'complete' },
): Decided<'CatalogueChunkUploaded', ChunkRefusal> {
  const closed = refusedCatalogue(circumstances);
  if (closed) return { refused: closed };
  return upload === 'complete' ? { refused: 'upload-complete' } : { type: 'CatalogueChunkUploaded', data: chunk };
}

/** What is there of an upload: the chunks that are missing, and the totals of those that are in. */
export type Arrived = {
  readonly missing: readonly number[];
  readonly lines: number;
  readonly copies: number;
  /** Line numbers that stand in the upload more than once. */
  readonly repeatedLines: readonly number[];
};

/** Totals over all lines, those left out of the frozen catalogue included: they tell that nothing was lost on the way. */
export function arrivedOf(chunks: readonly Chunk[], chunksExpected: number): Arrived {
  const numbers = new Set(chunks.map(({ chunk }) => chunk));
  const lines = chunks.flatMap((chunk) => chunk.lines);
  const seen = new Set<number>();
  const repeated = new Set<number>();
  for (const { line } of lines) (seen.has(line) ? repeated : seen).add(line);
  return {
    missing: Array.from({ length: chunksExpected }, (_, index) => index + 1).filter((number) => !numbers.has(number)),
    lines: lines.length,
    copies: lines.reduce((sum, { copies }) => sum + copies, 0),
    repeatedLines: [...repeated],
  };
}

export type CompletionRefusal = Closed | 'chunks-missing' | 'lines-repeated' | 'totals-differ';

/** An upload is complete when all of it is here, and then replaces the earlier ones whole. */
export function completeUpload(
  upload: Upload,
  { arrived, ...circumstances }: Circumstances & { readonly arrived: Arrived },
): Decided<'CatalogueUploaded', CompletionRefusal> {
  const closed = refusedCatalogue(circumstances);
  if (closed) return { refused: closed };
  if (arrived.missing.length > 0) return { refused: 'chunks-missing' };
  if (arrived.repeatedLines.length > 0) return { refused: 'lines-repeated' };
  const differs = arrived.lines !== upload.lines || arrived.copies !== upload.copies;
  return differs ? { refused: 'totals-differ' } : { type: 'CatalogueUploaded', data: upload };
}

function refusedCatalogue({ fair, occurredAt, exhibitor }: Circumstances): Closed | undefined {
  if (exhibitor.status === 'unknown') return 'unknown-application';
  const without = withoutCatalogue.find((status) => status === exhibitor.status);
  if (without !== undefined) return `application-is-${without}`;
  return isAfterClosing(fair, occurredAt) ? 'fair-closed' : undefined;
}
