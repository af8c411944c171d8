import type { ProjectedFact } from '../../events/catalogue.ts';
import { byOccurrence } from '../../src/domain/visits.ts';
import type { Chunk, Upload } from './tables.ts';
import { titleOf } from '../../src/domain/title.ts';

/** The lines of a chunk that are not excluded; undefined for other events. */
export function chunkOf(event: ProjectedFact): Chunk | undefined {
  if (event.type !== 'CatalogueChunkUploaded') return undefined;
  const { exhibitor, upload, chunk } = event.data;
  const lines = event.data.lines.filter(({ excluded }) => excluded === undefined);
  return {
    fair: event.meta.fair,
    exhibitor,
    upload,
    chunk,
    position: event.position,
    lines: lines.length,
    copies: lines.reduce((sum, { copies }) => sum + copies, 0),
    titles: lines.map((line) => [titleOf(exhibitor, line), line.name]),
  };
}

/** What an event says of an upload: that it is complete, or that one more chunk is in; undefined for other events. */
export function uploadNewsOf(event: ProjectedFact): Upload | undefined {
  const { fair } = event.meta;
  if (event.type === 'CatalogueUploaded') {
    const { exhibitor, upload, chunks } = event.data;
    return { fair, exhibitor, upload, occurred_at: event.occurredAt, chunks, position: event.position, here: [] };
  }
  if (event.type !== 'CatalogueChunkUploaded') return undefined;
  const { exhibitor, upload, chunk } = event.data;
  return { fair, exhibitor, upload, occurred_at: null, chunks: null, position: null, here: [chunk] };
}

/** All that is known of an upload together, in whatever order it came. */
export const merged = (known: Upload | undefined, news: Upload): Upload => ({
  ...news,
  occurred_at: known?.occurred_at ?? news.occurred_at,
  chunks: known?.chunks ?? news.chunks,
  position: known?.position ?? news.position,
  here: [...new Set([...(known?.here ?? []), ...news.here])].sort((a, b) => a - b),
});

/** Its closing fact is in, and all the chunks that it speaks of. */
export const isWhole = ({ chunks, here }: Upload): boolean =>
  chunks !== null && here.filter((chunk) => chunk <= chunks).length === chunks;

/** Of the whole uploads the latest by (occurredAt, id), which replaces the earlier ones. */
export const latestWhole = (uploads: readonly Upload[]): Upload | undefined =>
  uploads
    .filter(isWhole)
    .map((upload) => ({ upload, id: upload.upload, occurredAt: upload.occurred_at ?? 0 }))
    .sort(byOccurrence)
    .at(-1)?.upload;
