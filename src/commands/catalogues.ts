import { type DataOf, type EventOf, toFairEvent } from '../../events/catalogue.ts';
import { byOccurrence } from '../domain/visits.ts';
import type { CommandPorts } from './command.ts';
import { keyedStreamOf, streamOf } from './ids.ts';
import { timeText } from './recorded.ts';

type Store = Pick<CommandPorts, 'store'>;

/** Where the closing facts of all uploads of an exhibitor stand; the lines stand in a stream a chunk. */
export const catalogueStream = (fair: string, exhibitor: string): string => streamOf(fair, 'catalogue', exhibitor);

/** One chunk is one stream, so that an upload of n chunks reads n chunks, not n² (decision record on catalogues). */
export const chunkStream = (fair: string, { exhibitor, upload, chunk }: ChunkName): string =>
  keyedStreamOf(fair, 'catalogue-chunk', `${exhibitor}:${upload}:${chunk}`, upload);

type ChunkName = { readonly exhibitor: string; readonly upload: string; readonly chunk: number };

/** The complete uploads of an exhibitor, in the order they became complete. */
export async function loadUploads(
  { store }: Store,
  fair: string,
  exhibitor: string,
): Promise<EventOf<'CatalogueUploaded'>[]> {
  const [events = []] = await store.load([{ stream: catalogueStream(fair, exhibitor), afterVersion: 0 }]);
  return events.map(toFairEvent).filter((event) => event.type === 'CatalogueUploaded');
}

/** An upload as its exhibitor sees it; that with `counts` replaces the other ones. `completedAt` is RFC 3339. */
export type ReadUpload = Pick<DataOf<'CatalogueUploaded'>, 'upload' | 'chunks' | 'lines' | 'copies'> & {
  readonly completedAt: string;
  readonly counts: boolean;
};

/** The complete uploads of an exhibitor, at once after a write. The latest by (occurredAt, id) counts. */
export async function readUploads(ports: Store, fair: string, exhibitor: string): Promise<ReadUpload[]> {
  const uploads = (await loadUploads(ports, fair, exhibitor)).map(({ data, occurredAt }) => ({
    ...data,
    occurredAt,
    id: data.upload,
  }));
  const latest = uploads.toSorted(byOccurrence).at(-1)?.upload;
  return uploads.map(({ upload, chunks, lines, copies, occurredAt }) => ({
    upload,
    completedAt: timeText(occurredAt),
    chunks,
    lines,
    copies,
    counts: upload === latest,
  }));
}

/** The chunks of an upload from 1 to `chunks`, as far as they are here, at most 20 (2.5 MB) at a time. */
export async function* loadChunks(
  { store }: Store,
  fair: string,
  { chunks, ...name }: { readonly exhibitor: string; readonly upload: string; readonly chunks: number },
): AsyncGenerator<DataOf<'CatalogueChunkUploaded'>[]> {
  for (let first = 1; first <= chunks; first += chunksAtOnce) {
    const requests = Array.from({ length: Math.min(chunksAtOnce, chunks - first + 1) }, (_, index) => ({
      stream: chunkStream(fair, { ...name, chunk: first + index }),
      afterVersion: 0,
    }));
    const events = (await store.load(requests)).flat().map(toFairEvent);
    yield events.filter((event) => event.type === 'CatalogueChunkUploaded').map(({ data }) => data);
  }
}

const chunksAtOnce = 20;
