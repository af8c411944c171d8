import type { DataOf } from '../../events/catalogue.ts';
import { uploadChunk } from '../domain/catalogue.ts';
import { loadApplication } from './applications.ts';
import { chunkStream, loadUploads } from './catalogues.ts';
import { type CommandContext, type CommandPorts, type Handled, run } from './command.ts';

export type ChunkUploaded = { readonly outcome: 'recorded'; readonly lines: number; readonly copies: number };

/** Keeps up to 200 lines of an exhibitor's catalogue; none of them shows before the upload is complete. */
export async function uploadCatalogueChunk(
  ports: CommandPorts,
  context: CommandContext,
  chunk: DataOf<'CatalogueChunkUploaded'>,
): Promise<Handled<ChunkUploaded>> {
  const [exhibitor, uploads] = await Promise.all([
    loadApplication(ports, context.fair, chunk.exhibitor),
    loadUploads(ports, context.fair, chunk.exhibitor),
  ]);
  const upload = uploads.some(({ data }) => data.upload === chunk.upload) ? 'complete' : 'open';
  return run(ports, context, {
    kind: `catalogue-chunk:${chunk.chunk}`,
    refusals: 'decided-anew',
    id: chunk.upload,
    stream: chunkStream(context.fair, chunk),
    content: chunk,
    occurredAt: context.now,
    initial: undefined,
    evolve: () => undefined,
    decide: (_, fair) => uploadChunk(chunk, { fair, occurredAt: context.now, exhibitor, upload }),
    answer: () => ({
      outcome: 'recorded',
      lines: chunk.lines.length,
      copies: chunk.lines.reduce((sum, { copies }) => sum + copies, 0),
    }),
  });
}
