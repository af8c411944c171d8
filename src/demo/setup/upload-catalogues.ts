import { ChunkUploaded, UploadCompleted } from '../../contract/catalogue-uploads.ts';
import { inParallel } from '../in-parallel.ts';
import type { Catalogue, Upload } from '../plan/books/catalogues.ts';
import { expectDone } from './expect-done.ts';
import type { Setup } from './open-fair.ts';

const linesPerChunk = 200;
const cataloguesAtOnce = 6;
const chunksAtOnce = 3;

/** First tries, which the next upload replaces. */
export const uploadFirstTries = (setup: Setup): Promise<void> => uploadAll(setup, ({ replaced }) => replaced);

export const uploadCatalogues = (setup: Setup): Promise<void> => uploadAll(setup, ({ upload }) => upload);

const uploadAll = (setup: Setup, which: (catalogue: Catalogue) => Upload | null): Promise<void> =>
  inParallel(setup.plan.books.catalogues, { atOnce: cataloguesAtOnce }, async (catalogue) => {
    const upload = which(catalogue);
    if (upload) await send(upload, catalogue.exhibitor.id, setup);
  });

/** Chunk by chunk, and then what they come to. */
async function send({ id, lines }: Upload, exhibitor: string, { client, issued }: Setup): Promise<void> {
  const path = `exhibitors/${exhibitor}/catalogue-uploads/${id}`;
  const token = issued.tokens.get(exhibitor);
  const chunks = Array.from({ length: Math.ceil(lines.length / linesPerChunk) }, (_, index) => index);
  await inParallel(chunks, { atOnce: chunksAtOnce }, async (index) => {
    const body = { lines: lines.slice(index * linesPerChunk, (index + 1) * linesPerChunk) };
    expectDone(await client.put(`${path}/chunks/${index + 1}`, ChunkUploaded, { body, token }), id);
  });
  const copies = lines.reduce((sum, line) => sum + line.copies, 0);
  const body = { chunks: chunks.length, lines: lines.length, copies };
  expectDone(await client.put(path, UploadCompleted, { body, token }), id);
}
